import { isLoopbackUrl } from '../bots/webrtc/loopback-url.ts';
import { HttpCallError, httpCall } from '../http/http-call.ts';
import type { Target } from '../targets/target.ts';

const timeoutMs = 5000;

/**
 * What somebody may do about a server that could not be talked to, as the end of a sentence: it speaks TLS where
 * plain HTTP was tried, or the other way round, its certificate is nobody's, or a proxy is set that is not taken. Empty
 * where nothing helps.
 */
export async function unreachableHint(target: Target, reason: string): Promise<string> {
  const proxy = isLoopbackUrl(target.url) ? undefined : proxyVariable();
  if (proxy !== undefined && /TIMEDOUT|UNREACH|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|no answer/i.test(reason)) {
    return `; ${proxy} is not followed: calls and media go to the server itself`;
  }
  if (/certificate|self.signed|CERT_|altnames/i.test(reason)) return ': give --insecure to take it';
  const url = new URL(target.url);
  const other = url.protocol === 'http:' ? 'https:' : 'http:';
  if (!/hang up|ECONNRESET|EPROTO|wrong version|packet length|Parse Error|TLS/i.test(reason)) return '';
  const answers = await httpCall({
    url: `${other}//${url.host}/`,
    method: 'GET',
    headers: {},
    insecure: true,
    timeoutMs,
  }).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof HttpCallError)) throw error;
      return false;
    },
  );
  return answers ? `; it speaks ${other === 'https:' ? 'TLS' : 'plain HTTP'}: ${other}//${url.host}` : '';
}

/** The variable of the environment that names a proxy, as curl and others follow it. */
function proxyVariable(): string | undefined {
  const names = ['https_proxy', 'http_proxy', 'all_proxy'].flatMap((name) => [name.toUpperCase(), name]);
  return names.find((name) => (process.env[name] ?? '') !== '');
}
