/** What a look at a listener came to. */
export interface Verdict {
  readonly pass: boolean;
  /** What was expected, and what was there instead, with its figures; of use where it did not pass. */
  readonly message: string;
}

/** How long a condition is waited for. */
export interface Waiting {
  /** Default 5000 ms; for speech 20,000. */
  readonly timeoutMs?: number;
}

export const defaultTimeoutMs = 5000;

/** `-71.3 dB`. */
export function db(value: number): string {
  const text = value.toFixed(1);
  return `${text === '-0.0' ? '0.0' : text} dB`;
}

/** `5.0 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
