import { OpusEncoder } from '../../media/opus.ts';
import type { OpusParameters } from '../../media/opus-parameters.ts';
import type { EncodedAudioFrame } from '../../media/rtp-audio-packet.ts';
import type { LevelMeter } from './level-meter.ts';
import type { Limiter } from './limiter.ts';

/** One encoded track: limiter and encoder, which both remember what went before. */
export class TrackOutput {
  /** Is given what is encoded, as long as somebody looks at levels. */
  meter: LevelMeter | undefined;
  readonly #limiter: Limiter;
  readonly #encoder: OpusEncoder;
  readonly #limited: Int16Array;
  #lastTick = -1;

  constructor(opus: OpusParameters, complexity: number, limiter: Limiter) {
    this.#limiter = limiter;
    this.#encoder = new OpusEncoder(opus, { complexity, lowDelay: true });
    this.#limited = new Int16Array(this.#encoder.frameSamples);
  }

  /**
   * @param tick number of the tick
   * @param heard gives what the track's listeners shall hear, before limiting; for 1, 2, … what they should
   * have heard so many ticks before, which is asked only where the encoder did not run then
   * @param runUpTicks how far back to go then. An Opus frame leans on those before it: without a run-up,
   * listeners who come from another track would hear a dip.
   * @param independent true where somebody begins to listen: a decoder that lacks the frames before would make noise,
   * up to full scale, of one that leans on them
   */
  encode(
    tick: number,
    heard: (ticksAgo: number) => Int32Array,
    runUpTicks: number,
    independent: boolean,
  ): EncodedAudioFrame {
    if (tick !== this.#lastTick + 1) {
      this.#encoder.reset();
      for (let ago = runUpTicks; ago > 0; ago -= 1) this.#encode(heard(ago));
    }
    this.#lastTick = tick;
    const payload = this.#encode(heard(0), independent);
    this.meter?.add(this.#limited);
    return { payload, samplesAt48k: this.#encoder.frameSamples };
  }

  #encode(wide: Int32Array, independent = false): Buffer {
    this.#limiter.limit(wide, this.#limited);
    return this.#encoder.encode(this.#limited, independent);
  }
}
