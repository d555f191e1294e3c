import type { Readable } from 'node:stream';
import { HttpError } from './errors.ts';
import { bodyTooLarge, maxBodyBytes } from './limits.ts';

/**
 * What is read of a body that is too large before the connection is given up. A client that is still sending
 * when the server closes often loses the answer, so the rest of the body is thrown away first.
 */
const maxDiscardedBytes = 32_000_000;

/**
 * Reads a request body as UTF-8, whatever its content type says.
 *
 * @throws HttpError `body-too-large`, and `bad-request` where the client goes away in the middle
 */
export function readBody(stream: Readable, limitBytes = maxBodyBytes): Promise<string> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;

    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limitBytes) chunks.push(chunk);
      else chunks = [];
      if (size > maxDiscardedBytes) reject(bodyTooLarge(limitBytes));
    });
    stream.on('end', () => {
      if (size > limitBytes) reject(bodyTooLarge(limitBytes));
      else resolve(Buffer.concat(chunks).toString('utf8'));
    });
    const gone = () => reject(new HttpError('bad-request', 'The body ended too early.'));
    stream.on('error', gone);
    stream.on('close', gone);
  });
}
