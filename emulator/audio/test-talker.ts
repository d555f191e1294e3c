import { OpusEncoder } from '../../media/opus.ts';
import {
  defaultOpusParameters,
  frameSamplesAt48k,
  type OpusParameters,
} from '../../media/opus-parameters.ts';
import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';

/** A sine as 48 kHz mono, from sample `from` on. */
export function sine(frequencyHz: number, amplitude: number, samples: number, from = 0): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * frequencyHz * (from + i)) / 48000)),
  );
}

/** Amplitude of one frequency in a signal, by projection on sine and cosine. */
export function amplitudeOf(frequencyHz: number, pcm: Int16Array): number {
  let re = 0;
  let im = 0;
  for (let i = 0; i < pcm.length; i += 1) {
    const phase = (2 * Math.PI * frequencyHz * i) / 48000;
    re += pcm[i]! * Math.cos(phase);
    im += pcm[i]! * Math.sin(phase);
  }
  return (2 * Math.hypot(re, im)) / pcm.length;
}

/** The largest difference between two samples that follow each other: a click has a large one. */
export function largestStep(pcm: Int16Array): number {
  return pcm.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (pcm[i - 1] ?? sample))), 0);
}

/** The largest sample of a signal. */
export function peakOf(pcm: Int16Array): number {
  return pcm.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

export function rmsOf(pcm: Int16Array): number {
  return Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length);
}

/** Helper of tests: somebody who publishes a sine as Opus in RTP, a packet at a time. */
export class Talker {
  readonly frequencyHz: number;
  readonly #amplitude: number;
  readonly #encoder: OpusEncoder;
  readonly #ssrc: number;
  #frames = 0;

  constructor(
    frequencyHz: number,
    amplitude = 6000,
    ssrc = frequencyHz,
    parameters: OpusParameters = defaultOpusParameters,
  ) {
    this.frequencyHz = frequencyHz;
    this.#amplitude = amplitude;
    this.#ssrc = ssrc;
    this.#encoder = new OpusEncoder(parameters);
  }

  packet(): RtpAudioPacket {
    const samples = frameSamplesAt48k(this.#encoder.parameters);
    const from = this.#frames * samples;
    this.#frames += 1;
    return {
      ssrc: this.#ssrc,
      // Both numbers wrap soon after the start: that has to be harmless.
      sequenceNumber: (65530 + this.#frames) & 0xffff,
      timestamp: (0xffff_f000 + from) >>> 0,
      payload: this.#encoder.encode(sine(this.frequencyHz, this.#amplitude, samples, from)),
    };
  }
}
