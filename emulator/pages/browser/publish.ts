import { encodeName } from '../common/names.ts';
import { type LinkOptions, MediaLink } from './media-link.ts';

/**
 * Publishes a stream by WHIP, with H.264 before all other codecs: it is the only one that rooms take.
 * @param media one track of sound at most, and one of picture
 */
export function publish(
  stream: string,
  media: MediaStream,
  password: string,
  options: Pick<LinkOptions, 'onState' | 'whyNotAgain'>,
): MediaLink {
  const query = password === '' ? '' : `?password=${encodeURIComponent(password)}`;
  return new MediaLink({
    ...options,
    path: () => `/${encodeName(stream)}/whip${query}`,
    prepare: (peer) => {
      const sends: RTCRtpTransceiverInit = { direction: 'sendonly', streams: [media] };
      // A line of sound is always there, for servers that want one.
      peer.addTransceiver(media.getAudioTracks()[0] ?? 'audio', sends);
      const [picture] = media.getVideoTracks();
      if (picture !== undefined) preferH264(peer.addTransceiver(picture, sends));
    },
  });
}

function preferH264(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
  const isH264 = ({ mimeType }: { mimeType: string }) => mimeType.toLowerCase() === 'video/h264';
  const sorted = [...codecs.filter(isH264), ...codecs.filter((codec) => !isH264(codec))];
  // Not every browser has it; the server picks H.264 from any order.
  if (codecs.some(isH264)) transceiver.setCodecPreferences?.(sorted);
}
