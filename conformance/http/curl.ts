import { execFile } from 'node:child_process';
import { type Exchange, exchange } from './exchange.ts';
import { shellQuote, shellWords } from './shell-words.ts';

/** Curl could not be run, or got no answer. */
export class CurlError extends Error {
  override readonly name = 'CurlError';
}

/**
 * Runs a documented command line with the real curl: the very words of the line, and only options added that
 * make the answer readable (`-s -S -i`).
 * @param line `curl -X POST -d '…' 'http://user:pass@host/path'`
 * @throws CurlError where curl is missing or cannot connect
 */
export async function runCurl(line: string, title: string): Promise<Exchange> {
  const [command, ...words] = shellWords(line);
  if (command !== 'curl') throw new CurlError(`not a curl line: ${line}`);
  const startedMs = performance.now();
  const output = await execute([...words, '-s', '-S', '-i', '--max-time', '20']);
  const { status, headers, body } = splitAnswer(output);
  const url = new URL(words.findLast((word) => /^https?:/.test(word)) ?? 'http://unknown');
  const shown = line.replace(`${url.username}:${url.password}@`, 'USER:PASSWORD@');
  url.username = '';
  url.password = '';
  const requestBody = wordAfter(words, '-d');
  return exchange({
    type: 'http',
    title,
    curl: shown,
    method: wordAfter(words, '-X') ?? 'GET',
    url: url.href,
    ...(requestBody === undefined ? {} : { requestBody }),
    status,
    responseHeaders: headers,
    responseBody: body,
    durationMs: performance.now() - startedMs,
  });
}

function execute(words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('curl', words, { maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        reject(new CurlError('curl is not installed; the documented calls are replayed with it'));
      } else reject(new CurlError(stderr.trim() || error.message));
    });
  });
}

/** Takes apart what `curl -i` prints; interim answers (100) before the real one are passed over. */
function splitAnswer(output: string): { status: number; headers: Record<string, string>; body: string } {
  const end = output.search(/\r?\n\r?\n/);
  const head = end < 0 ? output : output.slice(0, end);
  const body = end < 0 ? '' : output.slice(end).replace(/^\r?\n\r?\n/, '');
  const [statusLine = '', ...lines] = head.split(/\r?\n/);
  const status = Number(/^HTTP\/\S+ (\d{3})/.exec(statusLine)?.[1]);
  if (Number.isNaN(status)) throw new CurlError(`no HTTP answer: ${shellQuote(statusLine)}`);
  if (status === 100) return splitAnswer(body);
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status, headers: Object.fromEntries(headers), body };
}

function wordAfter(words: readonly string[], option: string): string | undefined {
  const at = words.indexOf(option);
  return at < 0 ? undefined : words[at + 1];
}
