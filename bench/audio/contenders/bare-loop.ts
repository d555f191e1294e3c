import { runJob } from '../../child.ts';
import type { Contender } from '../contender.ts';

/** The least that any mixer with the same codec pays: decode, sum, subtract, encode, and nothing else. */
export const bareLoop: Contender = {
  id: 'bare-loop',
  title: 'bare loop',
  measure: (job) => runJob(new URL('./bare-loop-process.ts', import.meta.url), 'the bare loop', job),
};
