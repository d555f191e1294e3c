import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { BotHttpError, withoutPassword } from '../http-request.ts';
import type { StreamAddress } from '../session.ts';
import { SignallingError, shown } from './frames.ts';

/** Longer frames end the socket; offers of browsers are about 10 kB. */
const maxFrameBytes = 256 * 1024;
const maxRedirects = 5;
const handshakeTimeoutMs = 10_000;
/** Of the body of a refusal. */
const maxBodyBytes = 4096;

/**
 * Connects, and follows redirects, as balancers send them.
 * @param attach called with the socket when the handshake is done, before a frame can come
 * @throws BotHttpError where the server answers with a status, SignallingError where it cannot be reached in time,
 *   or redirects for ever
 */
export async function openSocket(address: StreamAddress, attach: (socket: WebSocket) => void): Promise<void> {
  const call = `WebSocket ${withoutPassword(address.url)}`;
  let { url } = address;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const redirectedTo = await handshake(call, { ...address, url }, attach);
    if (redirectedTo === undefined) return;
    url = redirectedTo;
  }
  throw new SignallingError(`${call}: more than ${maxRedirects} redirects`);
}

/** @returns where the server redirects to, if it does */
function handshake(
  call: string,
  { url, headers = {}, insecure = false, transcript }: StreamAddress,
  attach: (socket: WebSocket) => void,
): Promise<string | undefined> {
  transcript?.request(`WebSocket ${withoutPassword(url)}`, headers);
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      headers,
      rejectUnauthorized: !insecure,
      maxPayload: maxFrameBytes,
      perMessageDeflate: false,
    });
    const timer = setTimeout(
      () => fail(`no handshake within ${handshakeTimeoutMs / 1000} s`),
      handshakeTimeoutMs,
    );
    const fail = (reason: string) => {
      clearTimeout(timer);
      socket.terminate();
      transcript?.event(`no socket: ${shown(reason)}`);
      reject(new SignallingError(`${call}: ${shown(reason)}`));
    };
    const onError = (error: Error) => fail(error.message);
    socket.on('error', onError);
    socket.once('unexpected-response', (_request, response) => {
      transcript?.answer(response.statusCode ?? 0, singleHeaders(response));
      refusal(call, url, response)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          socket.terminate();
        });
    });
    socket.once('upgrade', (response) =>
      transcript?.answer(response.statusCode ?? 0, singleHeaders(response)),
    );
    socket.once('open', () => {
      clearTimeout(timer);
      attach(socket);
      socket.off('error', onError);
      resolve(undefined);
    });
  });
}

function singleHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** @throws BotHttpError where it is no redirect */
async function refusal(call: string, url: string, response: IncomingMessage): Promise<string> {
  const { statusCode: status = 0, headers } = response;
  if (status >= 300 && status < 400 && headers.location !== undefined) {
    return redirectTarget(call, headers.location, url);
  }
  throw new BotHttpError(call, { status, body: await beginningOf(response) });
}

/** Servers only: a WebSocket could be told to talk to a local socket otherwise. */
function redirectTarget(call: string, location: string, base: string): string {
  const target = URL.canParse(location, base) ? new URL(location, base) : undefined;
  const isServer = target !== undefined && /^(https?|wss?):$/.test(target.protocol);
  if (!isServer) throw new SignallingError(`${call}: redirected to ${shown(location)}`);
  target.hash = '';
  return target.href.replace(/^http/, 'ws');
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= maxBodyBytes) break;
    }
  } catch {
    // What came of it will do.
  }
  return shown(Buffer.concat(chunks).toString('utf8', 0, maxBodyBytes));
}
