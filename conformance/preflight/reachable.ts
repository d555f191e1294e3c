import { HttpCallError, httpCall } from '../http/http-call.ts';
import type { Target } from '../targets/target.ts';

const timeoutMs = 5000;

/**
 * What somebody may do about a server that could not be talked to, as the end of a sentence: it speaks TLS where
 * plain HTTP was tried, or the other way round, or its certificate is nobody's. Empty where nothing helps.
 */
export async function unreachableHint(target: Target, reason: string): Promise<string> {
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
