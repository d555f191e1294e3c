import { quote } from '../rooms/room-error.ts';
import { HttpError } from './errors.ts';
import type { Services, StreamInfo } from './services.ts';

/**
 * @throws HttpError `unknown-stream`
 */
export function requireStream(services: Pick<Services, 'stream'>, name: string): StreamInfo {
  const stream = services.stream(name);
  if (stream !== undefined) return stream;
  throw new HttpError('unknown-stream', `There is no stream ${quote(name)}.`);
}
