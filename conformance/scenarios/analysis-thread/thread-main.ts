import { parentPort, workerData } from 'node:worker_threads';
import { type JobCall, jobs } from './jobs.ts';

const { name, args } = workerData as JobCall;
const job = jobs[name] as (...args: unknown[]) => unknown;
parentPort!.postMessage(await job(...args));
