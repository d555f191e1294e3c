import { CorruptOpusError, OpusDecoder } from '../../media/opus.ts';
import { fadeIn, fadeOut } from './fade.ts';

/** From here on a missing sound is silence: what libopus invents has faded by then. */
const maxConcealedSamples = 100 * 48;

/**
 * Decodes one publisher's streams, one after the other, and makes up for what is missing of them: the decoder's
 * invention first, silence later, with a fade wherever the sound breaks. All sound is 48 kHz mono.
 */
export class StreamDecoder {
  readonly #blockSamples: number;
  /** Made for the first packet of a stream: most members of a room that nobody hears never need one. */
  #decoder: OpusDecoder | undefined;
  /** Concealed in a row. */
  #concealedRun = 0;
  /** Invented beyond what was wanted: it is where the invention goes on. */
  #inventedRest: Int16Array | undefined;
  /** True: what is decoded next follows a break. */
  #afterBreak = false;
  #packetsCorrupt = 0;
  #concealedSamples = 0;

  /** @param blockSamples what takes the place of a packet that cannot be decoded */
  constructor(blockSamples: number) {
    this.#blockSamples = blockSamples;
  }

  /** Counters since the decoder was made. */
  get stats(): { readonly packetsCorrupt: number; readonly concealedSamples: number } {
    return { packetsCorrupt: this.#packetsCorrupt, concealedSamples: this.#concealedSamples };
  }

  /** True: so much has been missing that only silence comes. */
  get isSilent(): boolean {
    return this.#concealedRun >= maxConcealedSamples;
  }

  /** A stream begins to be played. */
  begin(afterBreak: boolean): void {
    this.#concealedRun = 0;
    this.#afterBreak = afterBreak;
  }

  /** Sound is left out here: what comes next fades in. */
  breakHere(): void {
    this.#afterBreak = true;
  }

  /** A decoder's memory belongs to one stream: it ends with it. */
  endStream(): void {
    this.#decoder = undefined;
    this.#inventedRest = undefined;
  }

  /** @returns the packet's sound, or what takes its place where it is corrupt */
  decode(payload: Buffer): Int16Array {
    let pcm: Int16Array;
    try {
      this.#decoder ??= new OpusDecoder();
      pcm = this.#decoder.decode(payload);
    } catch (error) {
      if (!(error instanceof CorruptOpusError)) throw error;
      this.#packetsCorrupt += 1;
      return this.conceal(this.#blockSamples);
    }
    if (this.#afterBreak) fadeIn(pcm);
    this.#afterBreak = false;
    this.#inventedRest = undefined;
    this.#concealedRun = 0;
    return pcm;
  }

  /** @returns sound for what is missing, at least one sample and at most `wanted` */
  conceal(wanted: number): Int16Array {
    let pcm = this.isSilent ? undefined : this.invent();
    if (pcm !== undefined && pcm.length > wanted) {
      this.#inventedRest = pcm.subarray(wanted);
      pcm = pcm.subarray(0, wanted);
    }
    if (pcm === undefined) {
      // A block at a time: the sender may turn out to be back before a long gap is over.
      pcm = new Int16Array(Math.min(wanted, this.#blockSamples));
      this.#afterBreak = true;
    } else if (this.#concealedRun + pcm.length >= maxConcealedSamples) {
      fadeOut(pcm);
    }
    this.#concealedRun += pcm.length;
    this.#concealedSamples += pcm.length;
    return pcm;
  }

  /** What a lost packet may have held; `undefined` where the decoder has no idea. */
  invent(): Int16Array | undefined {
    const rest = this.#inventedRest;
    this.#inventedRest = undefined;
    if (rest !== undefined) return rest;
    try {
      return this.#decoder?.conceal();
    } catch (error) {
      if (!(error instanceof CorruptOpusError)) throw error;
      return undefined;
    }
  }
}
