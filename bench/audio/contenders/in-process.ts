import { runJob } from '../../child.ts';
import type { Contender } from '../contender.ts';

/** The room mixer alone: no network, no SRTP, no clock. */
export const inProcess: Contender = {
  id: 'in-process',
  title: 'in-process',
  bar: { members: 40, cpuPerParticipantSecond: 0.006 },
  measure: (job) => runJob(new URL('./in-process-process.ts', import.meta.url), 'the mixer’s process', job),
};
