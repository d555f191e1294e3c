import { createRequire } from 'node:module';
import {
  frameSamplesAt48k,
  type OpusParameters,
  opusClockHz,
  opusParametersProblem,
} from './opus-parameters.ts';

/** The part of `@discordjs/opus` that is used; its own typings lack nothing, but loading it is put off. */
interface NativeCodec {
  encode(pcm: Buffer): Buffer;
  decode(packet: Buffer): Buffer;
  applyEncoderCTL(request: number, value: number): void;
}
type NativeCodecConstructor = new (sampleRateHz: number, channels: number) => NativeCodec;

/** Requests of `opus_encoder_ctl` (opus_defines.h). */
const ctl = {
  setApplication: 4000,
  setBitrate: 4002,
  setMaxBandwidth: 4004,
  setVbr: 4006,
  setComplexity: 4010,
  resetState: 4028,
  setPredictionDisabled: 4042,
};

/** `OPUS_APPLICATION_RESTRICTED_LOWDELAY`: 2.5 instead of 6.5 ms of look-ahead, without the speech codec. */
const lowDelay = 2051;
/** From here on libopus would not use its speech codec for one channel anyway. */
const lowDelayFromKbps = 24;

/** The widest audio bandwidth that a sample rate can carry (RFC 6716 §2, table 1), as libopus numbers it. */
const maxBandwidth: Readonly<Record<number, number>> = {
  8000: 1101,
  12000: 1102,
  16000: 1103,
  24000: 1104,
  48000: 1105,
};

/** One Opus packet never says more than 120 ms, and never needs more bytes than this (RFC 6716 §3.4). */
const maxPacketBytes = 1275 * 48;

let nativeCodec: NativeCodecConstructor | undefined;

/** The native part is loaded at the first use: programs that only talk HTTP start faster. */
function native(): NativeCodecConstructor {
  if (nativeCodec === undefined) {
    const load = createRequire(import.meta.url);
    nativeCodec = (load('@discordjs/opus') as { OpusEncoder: NativeCodecConstructor }).OpusEncoder;
  }
  return nativeCodec;
}

/** A packet that is no Opus, or that cannot be decoded. */
export class CorruptOpusError extends Error {
  override readonly name = 'CorruptOpusError';
}

/**
 * Decodes one stream of Opus packets to 48 kHz mono. It has a memory of the stream: one decoder belongs to
 * one track, never to two.
 */
export class OpusDecoder {
  readonly #codec = new (native())(opusClockHz, 1);
  /** Configuration and channels of the newest packet, as the one-frame TOC byte of RFC 6716 §3.1. */
  #lastToc: number | undefined;

  /**
   * @param packet one Opus packet (RFC 6716 §3); stereo is mixed down
   * @returns 48 kHz mono, as many samples as the packet says (up to 5760)
   * @throws CorruptOpusError where the packet cannot be decoded; the decoder goes on to work
   */
  decode(packet: Buffer): Int16Array {
    if (packet.length === 0) throw new CorruptOpusError('an Opus packet cannot be empty');
    if (packet.length > maxPacketBytes) {
      throw new CorruptOpusError(`an Opus packet of ${packet.length} bytes is longer than Opus allows`);
    }
    const pcm = this.#decode(packet);
    this.#lastToc = packet[0]! & 0xfc;
    return pcm;
  }

  /**
   * Invents what a lost packet may have held: one frame of the duration of those before it. A packet that is
   * nothing but a TOC byte is what libopus takes for a lost frame; an empty one would give 120 ms at once.
   * @returns 48 kHz mono, or `undefined` before the first packet
   */
  conceal(): Int16Array | undefined {
    if (this.#lastToc === undefined) return undefined;
    return this.#decode(Buffer.from([this.#lastToc]));
  }

  #decode(packet: Buffer): Int16Array {
    let bytes: Buffer;
    try {
      bytes = this.#codec.decode(packet);
    } catch (cause) {
      throw new CorruptOpusError(`undecodable Opus packet: ${(cause as Error).message}`, { cause });
    }
    return toSamples(bytes);
  }
}

/** How an encoder is set beyond the room's parameters. */
export interface OpusEncoderOptions {
  /** 0 (fast) to 10 (best); default 4. */
  readonly complexity?: number;
  /** Shorter look-ahead, where the bit rate is high enough not to need the speech codec; default false. */
  readonly lowDelay?: boolean;
}

/**
 * Encodes one stream of 48 kHz mono at exactly the bit rate (constant), bandwidth and frame duration asked
 * for. libopus gives at most 300 kbit/s to one channel and 1275 bytes to one packet.
 */
export class OpusEncoder {
  readonly parameters: OpusParameters;
  /** Samples of 48 kHz that one call of `encode` takes. */
  readonly frameSamples: number;
  readonly #codec = new (native())(opusClockHz, 1);
  #independent = false;

  /** @throws RangeError where the parameters are none that Opus knows */
  constructor(parameters: OpusParameters, options: OpusEncoderOptions = {}) {
    const problem = opusParametersProblem(parameters);
    if (problem !== undefined) throw new RangeError(`OpusEncoder: ${problem}`);
    this.parameters = parameters;
    this.frameSamples = frameSamplesAt48k(parameters);
    if (options.lowDelay && parameters.bitrateKbps >= lowDelayFromKbps) {
      this.#codec.applyEncoderCTL(ctl.setApplication, lowDelay);
    }
    this.#codec.applyEncoderCTL(ctl.setBitrate, parameters.bitrateKbps * 1000);
    this.#codec.applyEncoderCTL(ctl.setVbr, 0);
    this.#codec.applyEncoderCTL(ctl.setMaxBandwidth, maxBandwidth[parameters.sampleRateHz]!);
    this.#codec.applyEncoderCTL(ctl.setComplexity, options.complexity ?? 4);
  }

  /**
   * @param pcm 48 kHz mono, exactly `frameSamples` samples
   * @param independent true: no frame before is needed to decode this one, as when a listener comes in; it costs some
   *   quality, since the bit rate is constant
   * @returns one Opus packet in a buffer of its own
   * @throws RangeError for any other number of samples (the native code would read past its end)
   */
  encode(pcm: Int16Array, independent = false): Buffer {
    if (pcm.length !== this.frameSamples) {
      throw new RangeError(`OpusEncoder.encode: expected ${this.frameSamples} samples, got ${pcm.length}`);
    }
    if (independent !== this.#independent) {
      this.#codec.applyEncoderCTL(ctl.setPredictionDisabled, independent ? 1 : 0);
      this.#independent = independent;
    }
    return this.#codec.encode(Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength));
  }

  /** Forgets the past, for a stream that starts anew. */
  reset(): void {
    this.#codec.applyEncoderCTL(ctl.resetState, 0);
  }
}

/** Looks at a buffer as samples, copying only where it is not aligned. */
function toSamples(bytes: Buffer): Int16Array {
  if (bytes.byteOffset % 2 === 0) return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  return new Int16Array(Uint8Array.from(bytes).buffer);
}
