import type { Clip } from '../../conformance/bots/process/messages.ts';
import { OpusEncoder } from '../../media/opus.ts';
import { defaultOpusParameters, opusClockHz } from '../../media/opus-parameters.ts';

const clipSeconds = 2;
/** Level of a talker: -26 dB of full scale (RMS), as telephony has it. */
const levelRms = 32768 * 10 ** (-26 / 20);

/**
 * Sound for so many talkers, each its own: a voiced part with gliding pitch and pink noise, both swelling in
 * the rhythm of syllables, never silent. Opus has to work for it, as it has not for a few steady tones.
 * @returns one clip each, 20 ms and 64 kbit/s; the same clips at every call
 */
export function talkerClips(count: number): Clip[] {
  return Array.from({ length: count }, (_, talker) => {
    const encoder = new OpusEncoder(defaultOpusParameters, { complexity: 10 });
    const pcm = talkerSound(talker, clipSeconds * opusClockHz);
    const packets: Buffer[] = [];
    for (let at = 0; at < pcm.length; at += encoder.frameSamples) {
      packets.push(encoder.encode(pcm.subarray(at, at + encoder.frameSamples)));
    }
    return { packets, samplesAt48k: encoder.frameSamples };
  });
}

/** 48 kHz mono of one talker; the same for the same number. */
export function talkerSound(talker: number, samples: number): Int16Array {
  const sound = new Float64Array(samples);
  const pink = pinkNoise(talker + 1);
  const pitchHz = 90 + ((talker * 37) % 140);
  let phase = 0;
  for (let n = 0; n < samples; n += 1) {
    const t = n / opusClockHz;
    phase += (pitchHz * (1 + 0.15 * Math.sin(2 * Math.PI * 0.7 * t + talker))) / opusClockHz;
    const syllable = 0.35 + 0.65 * Math.sin(Math.PI * (4 * t + talker / 7)) ** 2;
    // A saw tooth has all harmonics of the pitch, falling by 6 dB an octave.
    const voice = 2 * (phase % 1) - 1;
    sound[n] = syllable * (voice + pink());
  }
  const rms = Math.sqrt(sound.reduce((sum, x) => sum + x * x, 0) / samples);
  return Int16Array.from(sound, (x) => Math.max(-32768, Math.min(32767, Math.round((x * levelRms) / rms))));
}

/** Noise that falls by 3 dB an octave: three filtered copies of white noise (P. Kellet's economy filter). */
function pinkNoise(seed: number): () => number {
  const random = uniform(seed);
  let [low, middle, high] = [0, 0, 0];
  return () => {
    const white = 2 * random() - 1;
    low = 0.99765 * low + white * 0.099046;
    middle = 0.963 * middle + white * 0.2965164;
    high = 0.57 * high + white * 1.0526913;
    return (low + middle + high + white * 0.1848) / 3;
  };
}

/** Numbers from 0 to 1, the same for the same seed (xorshift32). */
function uniform(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
