import { OpusEncoder } from '../../media/opus.ts';
import type { OpusParameters } from '../../media/opus-parameters.ts';
import type { EncodedAudioFrame } from '../../media/rtp-audio-packet.ts';
import type { Limiter } from './limiter.ts';

/** One encoded track: limiter and encoder, which both remember what went before. */
export class TrackOutput {
  readonly #limiter: Limiter;
  readonly #encoder: OpusEncoder;
  readonly #limited: Int16Array;
  #lastTick = -1;

  constructor(opus: OpusParameters, complexity: number, limiter: Limiter) {
    this.#limiter = limiter;
    this.#encoder = new OpusEncoder(opus, { complexity });
    this.#limited = new Int16Array(this.#encoder.frameSamples);
  }

  /**
   * @param wide what the track's listeners shall hear, before limiting
   * @param before what they should have heard in the tick before; asked only where the encoder did not run
   * then. Without it the first frame would lack the sound that an Opus frame takes over from the one before,
   * and listeners who come from another track would hear a dip.
   * @param tick number of the tick
   */
  encode(wide: Int32Array, before: () => Int32Array, tick: number): EncodedAudioFrame {
    if (tick !== this.#lastTick + 1) {
      this.#encoder.reset();
      this.#limiter.limit(before(), this.#limited);
      this.#encoder.encode(this.#limited);
    }
    this.#lastTick = tick;
    this.#limiter.limit(wide, this.#limited);
    return { payload: this.#encoder.encode(this.#limited), samplesAt48k: this.#encoder.frameSamples };
  }
}
