import { runJob } from '../child.ts';
import type { VideoContender } from './job.ts';

/** The emulator's picture: RTP in, H.264 out; no network, no SRTP, no clock. */
export const emulator: VideoContender = {
  id: 'emulator',
  measure: (job) => runJob(new URL('./emulator-process.ts', import.meta.url), 'the picture’s process', job),
};
