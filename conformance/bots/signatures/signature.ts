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
