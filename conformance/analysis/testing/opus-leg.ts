import { OpusDecoder, OpusEncoder } from '../../../media/opus.ts';
import { floatFromInt16, int16FromFloat, samplesPerFrame } from '../samples.ts';

/** What libopus adds to the way of a sample, once per encoder and decoder. */
export const legDelaySamples = 312;

/**
 * Sends sound through a real Opus encoder and decoder, as a publisher's or a listener's leg does. Tests only.
 * @param opus.sampleRateHz limits the audio bandwidth, as a room's samplerate does
 */
export function opusLeg(
  samples: Float32Array,
  opus: { readonly bitrateKbps?: number; readonly sampleRateHz?: number } = {},
): Float32Array {
  const sampleRateHz = opus.sampleRateHz ?? 48000;
  const encoder = new OpusEncoder({
    bitrateKbps: opus.bitrateKbps ?? 64,
    sampleRateHz,
    samplesPerFrame: sampleRateHz / 50,
  });
  const decoder = new OpusDecoder();
  const pcm = int16FromFloat(samples);
  const out = new Float32Array(samples.length);
  for (let at = 0; at + samplesPerFrame <= pcm.length; at += samplesPerFrame) {
    out.set(floatFromInt16(decoder.decode(encoder.encode(pcm.subarray(at, at + samplesPerFrame)))), at);
  }
  return out;
}

/** How a mixer treats what is above full scale. */
export type Overload = 'limit' | 'wrap';

/** A mixer for tests: the sum of all, each with its gain, limited or wrapped at full scale. */
export function mixOf(
  sources: readonly Float32Array[],
  gains: readonly number[],
  overload: Overload = 'limit',
): Float32Array {
  const out = new Float32Array(sources[0]?.length ?? 0);
  for (const [k, source] of sources.entries()) {
    for (let n = 0; n < out.length; n++) out[n]! += gains[k]! * source[n]!;
  }
  return out.map((sample) =>
    overload === 'limit' ? Math.max(-1, Math.min(1, sample)) : sample - 2 * Math.floor((sample + 1) / 2),
  );
}

/** An endless loop, cut to a length, starting `offset` samples into it. */
export function looped(loop: Float32Array, offset: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, n) => loop[(n + offset) % loop.length]!);
}
