import type { ServerResponse } from 'node:http';

/** Has the connection broken off instead of the answer that is to come. */
export function dropAnswer(response: ServerResponse): void {
  const drop = () => {
    response.destroy();
    return response;
  };
  response.end = drop as typeof response.end;
  response.write = (() => {
    drop();
    return false;
  }) as typeof response.write;
}

/**
 * Has the connection broken off in the middle of the answer that is to come: the headers promise all of it. An answer
 * that is not longer comes whole.
 * @param amount bytes of the body that come yet; below 1 a share of its first piece: all answers but event streams are
 *   sent in one
 */
export function truncateAnswer(response: ServerResponse, amount: number): void {
  const [write, end] = [response.write.bind(response), response.end.bind(response)];
  let left: number | undefined;
  let isCut = false;
  const pass = (chunk: unknown): boolean => {
    const bytes = bytesOf(chunk);
    if (isCut || bytes.length === 0) return !isCut;
    left ??= amount < 1 ? Math.floor(amount * bytes.length) : Math.floor(amount);
    const kept = bytes.subarray(0, left);
    left -= kept.length;
    if (kept.length === bytes.length) return write(kept);
    isCut = true;
    // What was written before goes out first.
    const breakOff = () => response.socket?.destroySoon();
    response.flushHeaders();
    if (kept.length === 0) breakOff();
    else write(kept, breakOff);
    return false;
  };
  response.write = ((chunk: unknown) => pass(chunk)) as typeof response.write;
  response.end = ((chunk?: unknown) => {
    pass(chunk);
    if (!isCut) end();
    return response;
  }) as typeof response.end;
}

function bytesOf(chunk: unknown): Buffer {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) return Buffer.from(chunk as string);
  return Buffer.alloc(0);
}
