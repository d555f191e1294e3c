import { mouthToMix } from '../delay.ts';
import { steadyLevels } from '../steady-levels.ts';

/** What is computed on a thread of its own: what takes seconds, and needs only what can be copied. */
export const jobs = { mouthToMix, steadyLevels };

export type Jobs = typeof jobs;

/** A job with what it is called with. */
export interface JobCall<Name extends keyof Jobs = keyof Jobs> {
  readonly name: Name;
  readonly args: Parameters<Jobs[Name]>;
}
