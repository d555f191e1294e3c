import type { TrackSelection } from '../rooms/types.ts';
import type { PlaySession } from '../webrtc/types.ts';

/** Id of the only video track: a room's grid of everybody, a stream's own picture. */
export const videoTrackId = 'v1';

/**
 * One viewer's picture, there while the choice of tracks has it: who asks for a track of sound only gets no
 * picture, who asks for nothing gets both.
 */
export class ChosenPicture {
  readonly #session: PlaySession;
  readonly #play: ((session: PlaySession) => () => void) | undefined;
  #stop: (() => void) | undefined;

  /** @param play begins to send the picture, and returns what ends it; missing where there is none */
  constructor(session: PlaySession, play: ((session: PlaySession) => () => void) | undefined) {
    this.#session = session;
    this.#play = play;
  }

  /** `['v1']` or nothing. */
  get tracks(): readonly string[] {
    return this.#stop === undefined ? [] : [videoTrackId];
  }

  select({ audio, video }: TrackSelection): void {
    const wanted = this.#session.hasVideo && (video !== undefined || audio === undefined);
    if (wanted) this.#stop ??= this.#play?.(this.#session);
    else this.close();
  }

  /** Idempotent. */
  close(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
