import type { Findings } from './findings.ts';
import type { Lab } from './lab.ts';

/** One experiment, and the fields of the profile that it can tell. */
export interface Probe {
  readonly name: string;
  /** Paths of the profile, such as `rooms.allName`. */
  readonly fields: readonly string[];
  /** What it throws is why its fields are unknown. */
  run(lab: Lab, findings: Findings): Promise<void>;
}

/** The server does not do what an experiment needs: its fields stay unknown, with this reason. */
export class ProbeError extends Error {
  override readonly name = 'ProbeError';
}
