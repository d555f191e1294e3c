import { request as httpsRequest } from 'node:https';
import { patiently } from '../../http/postponed.ts';
import { maxRedirects } from '../../http/redirects.ts';
import { NotReachedError } from './not-reached-error.ts';
import type { Transcript } from './transcript.ts';

/** A request of a bot: small texts both ways. */
export interface BotRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'GET';
  /** `user:password@` in it becomes a Basic authorization. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** True: take any certificate, such as the self-signed one of a local server. */
  readonly insecure?: boolean;
  /** Default 10000. */
  readonly timeoutMs?: number;
  /** Keeps what is said. */
  readonly transcript?: Transcript;
}

/** An answer to a bot's request. */
export interface BotResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The URL that answered, after redirects. */
  readonly url: string;
}

/** An HTTP call that did not go as it has to; the message has the status and the body's first line. */
export class BotHttpError extends Error {
  override readonly name = 'BotHttpError';
  readonly status: number;

  constructor(call: string, { status, body }: Pick<BotResponse, 'status' | 'body'>) {
    const firstLine = body.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
    super(`${call}: HTTP ${status}${firstLine === '' ? '' : `: ${firstLine.slice(0, 200)}`}`);
    this.status = status;
  }
}

const defaultTimeoutMs = 10_000;
/** Descriptions of sessions have some thousands. */
const maxAnswerBytes = 1024 * 1024;

/**
 * Makes a call and follows redirects that keep method and body, 307 and 308, as balancers send them. Where it is put off
 * (RFC 9725 §4.5), it is made again when the server wants it, while there is time.
 *
 * @throws NotReachedError where the server cannot be reached in time, Error where it redirects for ever
 */
export function requestPatiently(request: BotRequest): Promise<BotResponse> {
  return patiently(() => requestFollowing(request), request.timeoutMs ?? defaultTimeoutMs);
}

async function requestFollowing(request: BotRequest): Promise<BotResponse> {
  let url = request.url;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const response = await requestOnce({ ...request, url });
    const { location } = response.headers;
    if ((response.status !== 307 && response.status !== 308) || location === undefined) return response;
    url = new URL(location, url).href;
  }
  throw new Error(`${request.method} ${withoutPassword(request.url)}: more than ${maxRedirects} redirects`);
}

/** A URL that may be shown: without its password, and without that of a publisher. */
export function withoutPassword(url: string): string {
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  if (shown.searchParams.has('password')) shown.searchParams.set('password', '***');
  return shown.href;
}

async function requestOnce(request: BotRequest): Promise<BotResponse> {
  const url = new URL(request.url);
  const headers: Record<string, string> = { ...request.headers };
  if (url.username !== '') {
    const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers.authorization ??= `Basic ${Buffer.from(pair).toString('base64')}`;
    url.username = '';
    url.password = '';
  }
  const signal = AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs);
  const { transcript } = request;
  transcript?.request(`${request.method} ${withoutPassword(url.href)}`, headers, request.body);
  try {
    const response =
      request.insecure === true && url.protocol === 'https:'
        ? await requestInsecurely(url, request, headers, signal)
        : await requestByFetch(url, request, headers, signal);
    transcript?.answer(response.status, response.headers, response.body);
    return response;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    transcript?.event(`no answer: ${reason}`);
    throw new NotReachedError('call', `${request.method} ${withoutPassword(request.url)}: ${reason}`, {
      cause,
    });
  }
}

async function requestByFetch(
  url: URL,
  { method, body }: BotRequest,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<BotResponse> {
  const response = await fetch(url, {
    method,
    headers,
    signal,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: response.body === null ? '' : await textOf(response.body),
    url: url.href,
  };
}

/** @throws Error where it has no end, or one that nobody waits for */
async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new Error(`the answer is longer than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function requestInsecurely(
  url: URL,
  { method, body }: BotRequest,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<BotResponse> {
  return new Promise((resolve, reject) => {
    const options = { method, headers, signal, rejectUnauthorized: false };
    const outgoing = httpsRequest(url, options, (incoming) => {
      const pairs = Object.entries(incoming.headers).map(([name, value]) => [name, String(value ?? '')]);
      const answered = {
        status: incoming.statusCode ?? 0,
        headers: Object.fromEntries(pairs),
        url: url.href,
      };
      textOf(incoming).then((body) => resolve({ ...answered, body }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
