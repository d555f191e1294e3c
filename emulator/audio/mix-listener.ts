import type { EncodedAudioFrame } from '../../media/rtp-audio-packet.ts';
import type { TrackOutput } from './track-output.ts';

/**
 * What a listener hears: everybody, everybody but one member, or nothing (the track of a member who left).
 */
export type TrackSource = { readonly minus: string } | 'all' | 'silence';

/** What a mixer has to know of a listener. */
export interface MixListenerOptions {
  /** Nothing is made for it before, so that it gets the first frame, which needs none before it; default: at once. */
  readonly isReady?: () => boolean;
  /** Called when its sink has thrown, after which it gets no more. */
  readonly onDropped?: () => void;
}

/** A listener's place in a mixer. */
export interface MixListener {
  /** Changes the track from the next frame on. */
  select(source: TrackSource): void;
  /** Idempotent. */
  close(): void;
}

/** A listener as its mixer sees it. */
export class Listening {
  source: TrackSource;
  readonly #sink: (frame: EncodedAudioFrame) => void;
  readonly #options: MixListenerOptions;
  /** What was heard in the last tick; undefined at first, and while it is not ready. */
  #heard: TrackOutput | undefined;

  constructor(source: TrackSource, sink: (frame: EncodedAudioFrame) => void, options: MixListenerOptions) {
    this.source = source;
    this.#sink = sink;
    this.#options = options;
  }

  get heard(): TrackOutput | undefined {
    return this.#heard;
  }

  isReady(): boolean {
    const isReady = this.#options.isReady?.() ?? true;
    if (!isReady) this.#heard = undefined;
    return isReady;
  }

  /** @returns true where this track was not heard in the tick before */
  turnTo(output: TrackOutput): boolean {
    const begins = this.#heard !== output;
    this.#heard = output;
    return begins;
  }

  /** @throws whatever its sink throws */
  hand(frame: EncodedAudioFrame): void {
    this.#sink(frame);
  }

  dropped(): void {
    this.#options.onDropped?.();
  }
}
