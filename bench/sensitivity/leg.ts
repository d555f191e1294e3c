import { floatFromInt16, int16FromFloat } from '../../conformance/analysis/samples.ts';
import { OpusDecoder, OpusEncoder } from '../../media/opus.ts';

const sampleRateHz = 48_000;
const frameSamples = 960;

/** What one way through Opus and the network is like. */
export interface LegOptions {
  readonly bitrateKbps: number;
  /** Share of the packets that are lost, 0 to 1. */
  readonly loss: number;
  /** What takes the place of a lost packet: the decoder's guess at a server, nothing in a recording. */
  readonly lost: 'concealed' | 'silent';
  readonly random: () => number;
}

/** Sends sound through an encoder, a network and a decoder. */
export function throughLeg(samples: Float32Array, options: LegOptions): Float32Array {
  const { bitrateKbps, loss, lost, random } = options;
  const encoder = new OpusEncoder({ bitrateKbps, sampleRateHz, samplesPerFrame: frameSamples });
  const decoder = new OpusDecoder();
  const pcm = int16FromFloat(samples);
  const out = new Float32Array(samples.length);
  for (let at = 0; at + frameSamples <= pcm.length; at += frameSamples) {
    const packet = encoder.encode(pcm.subarray(at, at + frameSamples));
    const isLost = random() < loss;
    const frame = isLost ? lost === 'concealed' && decoder.conceal() : decoder.decode(packet);
    if (frame) out.set(floatFromInt16(frame), at);
  }
  return out;
}
