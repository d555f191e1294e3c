/** Payload types the bots offer; the answer may only take them up. */
export const offeredPayloadTypes = { opus: 111, h264: 102 } as const;

/** What goes into a bot's offer. */
export interface OfferDescription {
  readonly direction: 'sendonly' | 'recvonly';
  /** True: a video line with H.264 follows the audio line. */
  readonly video: boolean;
  readonly iceUfrag: string;
  readonly icePwd: string;
  /** `a=candidate` values without the attribute's name. */
  readonly candidates: readonly string[];
  /** SHA-256 of the certificate, `AB:CD:…`. */
  readonly fingerprint: string;
  readonly cname: string;
  readonly audioSsrc: number;
  readonly videoSsrc: number;
}

/** Writes the offer of a WHIP or WHEP client: one bundled transport, all candidates (RFC 9725 §4.2). */
export function writeOffer(offer: OfferDescription): string {
  const session = ['v=0', 'o=- 4611731400430051336 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
  const { opus, h264 } = offeredPayloadTypes;
  const audio = [
    `m=audio 9 UDP/TLS/RTP/SAVPF ${opus}`,
    ...transportLines(offer, '0'),
    `a=rtpmap:${opus} opus/48000/2`,
    `a=fmtp:${opus} minptime=10;useinbandfec=1`,
    ...senderLines(offer, 'audio', offer.audioSsrc),
  ];
  const video = [
    `m=video 9 UDP/TLS/RTP/SAVPF ${h264}`,
    ...transportLines(offer, '1'),
    `a=rtpmap:${h264} H264/90000`,
    `a=fmtp:${h264} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f`,
    `a=rtcp-fb:${h264} nack`,
    `a=rtcp-fb:${h264} nack pli`,
    `a=rtcp-fb:${h264} ccm fir`,
    ...senderLines(offer, 'video', offer.videoSsrc),
  ];
  const bundle = `a=group:BUNDLE ${offer.video ? '0 1' : '0'}`;
  const lines = [...session, bundle, 'a=msid-semantic: WMS *', ...audio, ...(offer.video ? video : [])];
  return `${lines.join('\r\n')}\r\n`;
}

function transportLines(offer: OfferDescription, mid: string): string[] {
  return [
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    `a=${offer.direction}`,
    'a=rtcp-mux',
    `a=ice-ufrag:${offer.iceUfrag}`,
    `a=ice-pwd:${offer.icePwd}`,
    `a=fingerprint:sha-256 ${offer.fingerprint}`,
    'a=setup:actpass',
    ...(mid === '0'
      ? [...offer.candidates.map((candidate) => `a=candidate:${candidate}`), 'a=end-of-candidates']
      : []),
  ];
}

function senderLines({ direction, cname }: OfferDescription, kind: string, ssrc: number): string[] {
  if (direction !== 'sendonly') return [];
  return [`a=msid:${cname} ${kind}-${cname}`, `a=ssrc:${ssrc} cname:${cname}`];
}
