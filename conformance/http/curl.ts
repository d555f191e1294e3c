import { execFile } from 'node:child_process';
import { type CurlAnswer, splitAnswer } from './curl-answer.ts';
import { type Exchange, exchange } from './exchange.ts';
import { maxAnswerBytes } from './http-call.ts';
import { patiently } from './postponed.ts';
import { redactUrls } from './redact.ts';
import { maxRedirects, redirectedTo } from './redirects.ts';
import { shownRequestHeaders } from './request-headers.ts';
import { shellWords } from './shell-words.ts';

/** Curl could not be run, or got no answer; the message holds no password. */
export class CurlError extends Error {
  override readonly name = 'CurlError';
}

/** A server that puts a call off is asked again for so long. */
const patienceMs = 20_000;

/** What was answered at the end of a chain of redirects. */
type FinalAnswer = CurlAnswer & { readonly redirects: number };

/** How curl is run. */
export interface CurlOptions {
  /** Take any certificate; default false. */
  readonly insecure?: boolean;
  /** Ends curl at once. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a documented command line with the real curl: the very words of the line, and only options added that
 * make the answer readable (`-s -S -i`) and keep the user's settings out of it. Redirects that keep method and
 * body are followed, with the same credentials; a call that is put off is made again when the server wants it.
 * @param line `curl -X POST -d '…' 'http://user:pass@host/path'`
 * @throws CurlError where curl is missing or cannot connect
 */
export async function runCurl(line: string, title: string, options: CurlOptions = {}): Promise<Exchange> {
  const [command, ...words] = shellWords(line);
  const urlAt = words.findLastIndex((word) => /^https?:/i.test(word));
  if (command !== 'curl' || !URL.canParse(words[urlAt] ?? ''))
    throw new CurlError('not a curl line with a URL');
  const startedMs = performance.now();
  const { redirects, ...answer } = await runPatiently(words, urlAt, options);
  const url = new URL(words[urlAt]!);
  const requestHeaders = shownRequestHeaders(headersSent(words, url));
  url.username = '';
  url.password = '';
  const requestBody = wordAfter(words, '-d');
  const added = [...(options.insecure ? ['-k'] : []), ...(redirects > 0 ? ['--location-trusted'] : [])];
  return exchange({
    type: 'http',
    title,
    curl: redactUrls([line, ...added].join(' ')),
    method: wordAfter(words, '-X') ?? 'GET',
    url: url.href,
    requestHeaders,
    ...(requestBody === undefined ? {} : { requestBody }),
    status: answer.status,
    responseHeaders: answer.headers,
    responseBody: answer.body,
    durationMs: performance.now() - startedMs,
  });
}

function runPatiently(words: readonly string[], urlAt: number, options: CurlOptions): Promise<FinalAnswer> {
  const { signal } = options;
  return patiently(() => runFollowing(words, urlAt, options), patienceMs, signal).catch((error: unknown) => {
    throw signal?.aborted ? new CurlError('the run has ended') : error;
  });
}

// Not left to curl’s -L, which follows redirects that change the call as well.
async function runFollowing(
  words: readonly string[],
  urlAt: number,
  options: CurlOptions,
): Promise<FinalAnswer> {
  let url = words[urlAt]!;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const answer = await runOnce(words.with(urlAt, url), options);
    const next = redirectedTo(answer.status, answer.headers.location, new URL(url));
    if (next === undefined) return { ...answer, redirects };
    url = next.href;
  }
  throw new CurlError(`more than ${maxRedirects} redirects`);
}

async function runOnce(words: readonly string[], options: CurlOptions): Promise<CurlAnswer> {
  const added = ['-s', '-S', '-i', '--suppress-connect-headers', '--max-time', '20'];
  // All else of a run goes to the server itself: what a proxy of the environment answers is not its answer.
  added.push('--noproxy', '*');
  if (options.insecure) added.push('-k');
  const output = await execute(['-q', ...words, ...added], options.signal);
  try {
    return splitAnswer(output);
  } catch (error) {
    throw new CurlError((error as Error).message);
  }
}

function execute(words: readonly string[], signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: maxAnswerBytes, ...(signal === undefined ? {} : { signal }) };
    execFile('curl', words, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (signal?.aborted) reject(new CurlError('the run has ended'));
      else if (error.code === 'ENOENT') {
        reject(new CurlError('curl is not installed; the documented calls are replayed with it'));
      } else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
        reject(new CurlError(`the answer is longer than ${maxAnswerBytes} bytes`));
      }
      // Never the error's own message: it repeats the command line, password and all.
      else
        reject(new CurlError(redactUrls(stderr.trim()) || `curl ended with ${error.code ?? error.signal}`));
    });
  });
}

/** What curl makes of a line: `-d` is a form, whatever its text; `-H` goes before that; credentials stand in the URL. */
function headersSent(words: readonly string[], { username }: URL): Record<string, string> {
  const headers: Record<string, string> = {};
  if (words.includes('-d')) headers['content-type'] = 'application/x-www-form-urlencoded';
  if (username !== '') headers.authorization = 'Basic of the URL';
  for (const [at, word] of words.entries()) {
    const [, name, value] = (words[at - 1] === '-H' && /^([^:]+):\s*(.*)$/.exec(word)) || [];
    if (name !== undefined && value !== undefined) headers[name.toLowerCase()] = value;
  }
  return headers;
}

function wordAfter(words: readonly string[], option: string): string | undefined {
  const at = words.indexOf(option);
  return at < 0 ? undefined : words[at + 1];
}
