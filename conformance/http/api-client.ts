import type { HttpEvidence } from '../report.ts';
import type { Target } from '../targets/target.ts';
import { type Exchange, exchange } from './exchange.ts';
import { httpCall } from './http-call.ts';
import { shownRequestHeaders } from './request-headers.ts';
import { shellQuote } from './shell-words.ts';

/** Options of one request. */
export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** True: without the target's credentials. */
  readonly anonymous?: boolean;
}

/** Path of the manager's calls. */
export const managerPath = '/flussonic/api/dynamic_mosaic/';

/** The last word of the documented path of a room: `…/dynamic_mosaic/room`. */
export const literalRoom = 'room';

/** Which room a path means: the one of that name, or with the documented word the only one there is. */
export type RoomReading = 'by-name' | 'only-room';

/** How an `ApiClient` calls. */
export interface ApiClientOptions {
  /** Ends calls at once. */
  readonly signal?: AbortSignal | undefined;
  /** For one call with its redirects; default 20000. */
  readonly timeoutMs?: number;
  /** Told of each answer. */
  readonly onExchange?: (call: HttpEvidence) => void;
}

const defaultTimeoutMs = 20_000;

/** Calls the target's HTTP API and keeps what is needed as evidence. It follows redirects (307, 308). */
export class ApiClient {
  readonly #target: Target;
  readonly #options: ApiClientOptions;
  #reading: RoomReading = 'by-name';

  constructor(target: Target, options: ApiClientOptions = {}) {
    this.#target = target;
    this.#options = options;
  }

  /** Calls the manager: `add_room` and the like. */
  manager(command: string, args: readonly string[]): Promise<Exchange> {
    return this.#command(managerPath, command, args);
  }

  /** Settles how rooms are addressed; until then it is by name. */
  readRoomsAs(reading: RoomReading): void {
    this.#reading = reading;
  }

  /** Calls a room: `add_stream` and the like, at the path that means it on this server. */
  room(room: string, command: string, args: readonly string[]): Promise<Exchange> {
    return this.roomAt(this.#reading === 'by-name' ? room : literalRoom, command, args);
  }

  /** Calls whatever room a path means to the server. */
  roomAt(path: string, command: string, args: readonly string[]): Promise<Exchange> {
    return this.#command(managerPath + encodePath(path), command, args);
  }

  /** @throws HttpCallError where there is no answer at all */
  async request(path: string, options: RequestOptions = {}): Promise<Exchange> {
    const { method = 'GET', body, anonymous = false } = options;
    const { credentials, insecure } = this.#target;
    const { user, password } = credentials;
    const headers: Record<string, string> = { accept: '*/*' };
    // What curl sends where nothing else is said, so that the line shown is the call made.
    if (body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
    for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = value;
    const authorised = !anonymous && user !== '' && headers.authorization === undefined;
    if (authorised) headers.authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const url = this.#target.url + path;
    const startedMs = performance.now();
    const { signal, timeoutMs = defaultTimeoutMs } = this.#options;
    const answer = await httpCall({ url, method, headers, body, insecure, signal, timeoutMs });
    const redirected = answer.redirects > 0;
    const answered = exchange({
      type: 'http',
      title: `${method} ${path}`,
      curl: curlLine(url, method, options.headers ?? {}, body, { authorised, insecure, redirected }),
      method,
      url,
      requestHeaders: shownRequestHeaders(headers),
      ...(body === undefined ? {} : { requestBody: body }),
      status: answer.status,
      responseHeaders: answer.headers,
      responseBody: answer.body,
      durationMs: performance.now() - startedMs,
    });
    this.#options.onExchange?.(answered.evidence);
    return answered;
  }

  /** URL of a stream's WHIP or WHEP endpoint. */
  streamUrl(stream: string, endpoint: 'whip' | 'whep', query = ''): string {
    return `${this.#target.url}/${encodePath(stream)}/${endpoint}${query}`;
  }

  #command(path: string, command: string, args: readonly string[]): Promise<Exchange> {
    return this.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: JSON.stringify({ command, args }),
    });
  }
}

/** A stream's name as a path: its slashes stay. */
export function encodePath(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}

function curlLine(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
  how: { readonly authorised: boolean; readonly insecure: boolean; readonly redirected: boolean },
): string {
  const words = ['curl', '-i', '-X', method];
  if (how.insecure) words.push('-k');
  if (how.redirected) words.push('--location-trusted');
  if (how.authorised) words.push('-u', 'USER:PASSWORD');
  for (const [name, value] of Object.entries(headers)) {
    words.push('-H', `${name}: ${name.toLowerCase() === 'authorization' ? 'REDACTED' : value}`);
  }
  if (body !== undefined) words.push('-d', body.length > 500 ? `@body-of-${body.length}-bytes` : body);
  return [...words, url].map(shellQuote).join(' ');
}
