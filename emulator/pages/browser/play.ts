import { encodeName } from '../common/names.ts';
import { type LinkOptions, MediaLink } from './media-link.ts';

export interface PlayOptions extends Pick<LinkOptions, 'onState' | 'isFinal' | 'whyNotAgain'> {
  readonly stream: string;
  /** `v1a3`; empty for the default. Asked for before each attempt. */
  readonly tracks: () => string;
  /** Whether a picture is wanted. Asked for before each attempt. */
  readonly video: () => boolean;
  /** Called once for each connection, with all that comes. */
  readonly onMedia: (media: MediaStream) => void;
}

/** Plays a stream by WHEP. */
export function play({ stream, tracks, video, onMedia, ...options }: PlayOptions): MediaLink {
  return new MediaLink({
    ...options,
    path: () => {
      const wanted = tracks();
      const query = wanted === '' ? '' : `?start_track=${encodeURIComponent(wanted)}`;
      return `/${encodeName(stream)}/whep${query}`;
    },
    prepare: (peer) => {
      const media = new MediaStream();
      peer.addEventListener('track', ({ track }) => media.addTrack(track));
      // Not with each track: an element that begins with the picture alone may begin with sound, and when
      // the sound comes, what browsers allow depends on chance.
      let isGiven = false;
      peer.addEventListener('connectionstatechange', () => {
        if (isGiven || peer.connectionState !== 'connected') return;
        isGiven = true;
        onMedia(media);
      });
      if (video()) peer.addTransceiver('video', { direction: 'recvonly' });
      peer.addTransceiver('audio', { direction: 'recvonly' });
    },
  });
}
