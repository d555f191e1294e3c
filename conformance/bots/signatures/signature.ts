/**
 * Pure tones of one bot's own. They measure level and leak: tones that are absent read below -60 dB after two
 * Opus legs.
 */
export interface ToneSignature {
  readonly kind: 'tones';
  readonly name: string;
  readonly frequenciesHz: readonly number[];
}

/** A sweep that starts anew every period: measures lag, without doubt up to one period. */
export interface ChirpSignature {
  readonly kind: 'chirp';
  readonly name: string;
  readonly fromHz: number;
  readonly toHz: number;
  readonly periodSeconds: number;
}

/** A burst of noise at the start of every period, silence for the rest: lag where something sweeps or clicks. */
export interface NoiseBurstSignature {
  readonly kind: 'noise-burst';
  readonly name: string;
  readonly seed: number;
  readonly burstSeconds: number;
  readonly periodSeconds: number;
}

/** One of the clips in media-samples: the proof that a mixer works on real input. */
export interface SpeechSignature {
  readonly kind: 'speech';
  readonly name: string;
  /** Which clip, from 0. */
  readonly sampleIndex: number;
}

/** What a bot sends so that it can be told from all others. */
export type AudioSignature = ToneSignature | ChirpSignature | NoiseBurstSignature | SpeechSignature;
