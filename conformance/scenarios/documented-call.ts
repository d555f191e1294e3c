import { readFileSync } from 'node:fs';
import { runCurl } from '../http/curl.ts';
import type { Exchange } from '../http/exchange.ts';
import { userInfo } from '../http/user-info.ts';
import { packageRoot } from '../package-root.ts';
import type { RunContext } from '../run/context.ts';
import { Witnessed } from '../run/witnessed.ts';

interface DocumentedCalls {
  readonly calls: readonly { readonly id: string; readonly curl: string }[];
}

let calls: DocumentedCalls['calls'] | undefined;

/**
 * Replays a command line of the documentation with the real curl: its very bytes, with the placeholders
 * filled in.
 * @param id as in `fixtures/calls/documented-calls.json`
 */
export async function replay(
  context: RunContext,
  id: string,
  names: { readonly room?: string; readonly stream?: string } = {},
): Promise<Exchange> {
  const { target } = context;
  const url = new URL(target.url);
  const line = documentedLine(id)
    .replace(
      'http://user:pass@FLUSSONIC-IP',
      () => `${url.protocol}//${userInfo(target.credentials)}${url.host}`,
    )
    .replace('ROOM_NAME', () => names.room ?? 'ROOM_NAME')
    .replace('STREAM_NAME', () => names.stream ?? 'STREAM_NAME');
  const answered = await runCurl(line, `the documented call ${id}`, {
    insecure: target.insecure,
    signal: context.signal,
  });
  Witnessed.current?.addCall(answered.evidence);
  return answered;
}

function documentedLine(id: string): string {
  calls ??= (
    JSON.parse(
      readFileSync(new URL('fixtures/calls/documented-calls.json', packageRoot), 'utf8'),
    ) as DocumentedCalls
  ).calls;
  const call = calls.find((one) => one.id === id);
  if (call === undefined) throw new Error(`there is no documented call ${id}`);
  return call.curl;
}
