import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { patiently } from './postponed.ts';
import { maxRedirects, redirectedTo } from './redirects.ts';

/** There was no answer to a call; the message is a sentence without a password. */
export class HttpCallError extends Error {
  override readonly name = 'HttpCallError';
}

/** A call: small texts both ways. */
export interface HttpCall {
  /** Without credentials. */
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Take any certificate. */
  readonly insecure: boolean;
  /** For the whole call, with its redirects, and until it may be made again where it is put off. */
  readonly timeoutMs: number;
  /** Ends the call at once. */
  readonly signal?: AbortSignal | undefined;
}

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; values of a header that came several times are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How many redirects were followed. */
  readonly redirects: number;
}

/** An answer that is longer is given up: the API's are small. */
export const maxAnswerBytes = 16 * 1024 * 1024;

/**
 * Makes a call, and follows redirects that keep method and body. Where it is put off, it is made again when the server
 * wants it, while there is time.
 * @throws HttpCallError where there is no answer
 */
export async function httpCall(call: HttpCall): Promise<HttpAnswer> {
  const { signal, timeoutMs, method, url } = call;
  // One controller of our own instead of AbortSignal.any: Node 20 may collect a timeout that only it refers to.
  const ending = new AbortController();
  const stop = () => ending.abort(new Error('the run has ended'));
  const timer = setTimeout(
    () => ending.abort(new Error(`no answer within ${timeoutMs / 1000} s`)),
    timeoutMs,
  );
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  try {
    return await patiently(() => callFollowing(call, ending.signal), call.timeoutMs, ending.signal);
  } catch (error) {
    const cause = ending.signal.aborted ? ending.signal.reason : error;
    throw new HttpCallError(`${method} ${url}: ${reasonOf(cause)}`, { cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

async function callFollowing(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
  let url = new URL(call.url);
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const answer = await callOnce(url, call, signal);
    const next = redirectedTo(answer.status, answer.headers.location, url);
    if (next === undefined) return { ...answer, redirects };
    url = next;
  }
  throw new Error(`more than ${maxRedirects} redirects`);
}

function callOnce(
  url: URL,
  { method, headers, body, insecure }: HttpCall,
  signal: AbortSignal,
): Promise<Omit<HttpAnswer, 'redirects'>> {
  return new Promise((resolve, reject) => {
    const onAnswer = (incoming: IncomingMessage) => {
      readBody(incoming).then(
        (text) => resolve({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), body: text }),
        (error: unknown) => {
          outgoing.destroy();
          reject(error);
        },
      );
    };
    const options = { method, headers, signal };
    const outgoing: ClientRequest =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, rejectUnauthorized: !insecure }, onAnswer)
        : httpRequest(url, options, onAnswer);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new Error(`the answer is longer than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}

/** Where several addresses were tried, Node's error has no message of its own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return 'code' in error ? String(error.code) : error.name;
}
