import type { Target } from '../targets/target.ts';
import { type Exchange, exchange } from './exchange.ts';
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

/** Calls the target's HTTP API and keeps what is needed as evidence. It follows redirects (307). */
export class ApiClient {
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
  }

  /** Calls the manager: `add_room` and the like. */
  manager(command: string, args: readonly string[]): Promise<Exchange> {
    return this.#command(managerPath, command, args);
  }

  /** Calls a room: `add_stream` and the like. */
  room(room: string, command: string, args: readonly string[]): Promise<Exchange> {
    return this.#command(managerPath + encodePath(room), command, args);
  }

  /** @throws Error where there is no answer at all */
  async request(path: string, options: RequestOptions = {}): Promise<Exchange> {
    const { method = 'GET', body, anonymous = false } = options;
    const { user, password } = this.#target.credentials;
    const headers = new Headers(options.headers);
    const authorised = !anonymous && user !== '' && !headers.has('authorization');
    if (authorised) {
      headers.set('authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
    }
    const url = this.#target.url + path;
    const startedMs = performance.now();
    const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    const responseBody = await response.text();
    return exchange({
      type: 'http',
      title: `${method} ${path}`,
      curl: curlLine(url, method, options.headers ?? {}, body, authorised),
      method,
      url,
      ...(body === undefined ? {} : { requestBody: body }),
      status: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody,
      durationMs: performance.now() - startedMs,
    });
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
  authorised: boolean,
): string {
  const words = ['curl', '-i', '-X', method];
  if (authorised) words.push('-u', 'USER:PASSWORD');
  for (const [name, value] of Object.entries(headers)) words.push('-H', `${name}: ${value}`);
  if (body !== undefined) words.push('-d', body.length > 500 ? `@body-of-${body.length}-bytes` : body);
  return [...words, url].map(shellQuote).join(' ');
}
