import { OpusEncoder, type OpusEncoderOptions } from '../../../media/opus.ts';
import { defaultOpusParameters, type OpusParameters } from '../../../media/opus-parameters.ts';
import { int16FromFloat } from '../../analysis/samples.ts';

/**
 * Encodes a loop once, so that a bot can send it for ever at no cost. It is encoded twice round and the second
 * round is kept: its first packet then follows on its last one, as the decoder's memory will have it.
 *
 * @param loop 48 kHz mono, a whole number of frames
 * @returns the packets of one round; the sound comes 312 samples late, as in any Opus stream of libopus
 * @throws RangeError where the loop is not a whole number of frames
 */
export function encodeLoop(
  loop: Float32Array,
  parameters: OpusParameters = defaultOpusParameters,
  options: OpusEncoderOptions = {},
): Buffer[] {
  const encoder = new OpusEncoder(parameters, options);
  const { frameSamples } = encoder;
  if (loop.length === 0 || loop.length % frameSamples !== 0) {
    throw new RangeError(`encodeLoop: ${loop.length} samples are not a whole number of ${frameSamples}`);
  }
  const pcm = int16FromFloat(loop);
  const packets: Buffer[] = [];
  for (let round = 0; round < 2; round++) {
    for (let at = 0; at < pcm.length; at += frameSamples) {
      const packet = encoder.encode(pcm.subarray(at, at + frameSamples));
      if (round === 1) packets.push(packet);
    }
  }
  return packets;
}
