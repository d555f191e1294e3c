import { serveJob } from '../child.ts';
import { tryRoom } from './run.ts';

serveJob(tryRoom);
