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
 * Has the connection broken off in the middle of the answer that is to come: the headers promise all of it.
 * @param amount bytes of the body that come yet; below 1 a share of what the headers promise
 */
export function truncateAnswer(response: ServerResponse, amount: number): void {
  const [write, end] = [response.write.bind(response), response.end.bind(response)];
  let left: number | undefined;
  const pass = (chunk: unknown): boolean => {
    const bytes = bytesOf(chunk);
    left ??= amount < 1 ? Math.floor(amount * promised(response, bytes.length)) : Math.floor(amount);
    const kept = bytes.subarray(0, left);
    left -= kept.length;
    if (kept.length === bytes.length && left > 0) return write(kept);
    // What was written before goes out first.
    const breakOff = () => response.socket?.destroySoon();
    response.flushHeaders();
    if (kept.length === 0) breakOff();
    else write(kept, breakOff);
    ignoreTheRest(response);
    return false;
  };
  response.write = ((chunk: unknown) => pass(chunk)) as typeof response.write;
  response.end = ((chunk?: unknown) => {
    const isEmpty = bytesOf(chunk).length === 0;
    // Nothing to cut: 204, or all came already and was short enough.
    if (isEmpty || pass(chunk)) end();
    return response;
  }) as typeof response.end;
}

function ignoreTheRest(response: ServerResponse): void {
  response.write = (() => false) as typeof response.write;
  response.end = (() => response) as typeof response.end;
}

function promised(response: ServerResponse, otherwise: number): number {
  const length = Number(response.getHeader('content-length'));
  return Number.isFinite(length) && length > 0 ? length : otherwise;
}

function bytesOf(chunk: unknown): Buffer {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) return Buffer.from(chunk as string);
  return Buffer.alloc(0);
}
