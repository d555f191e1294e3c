import { shellQuote } from './shell-words.ts';

/** What `curl -i` printed, taken apart. */
export interface CurlAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Takes apart what `curl -i` prints; interim answers (1xx) before the real one are passed over.
 * @throws Error where it is no HTTP answer
 */
export function splitAnswer(output: string): CurlAnswer {
  const end = output.search(/\r?\n\r?\n/);
  const head = end < 0 ? output : output.slice(0, end);
  const body = end < 0 ? '' : output.slice(end).replace(/^\r?\n\r?\n/, '');
  const [statusLine = '', ...lines] = head.split(/\r?\n/);
  const status = Number(/^HTTP\/\S+ (\d{3})/.exec(statusLine)?.[1]);
  if (Number.isNaN(status)) throw new Error(`no HTTP answer: ${shellQuote(statusLine.slice(0, 200))}`);
  if (status < 200 && end >= 0) return splitAnswer(body);
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status, headers: Object.fromEntries(headers), body };
}
