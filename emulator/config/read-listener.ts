import { type Context, passOver } from './context.ts';
import type { Directive } from './tree.ts';
import type { Listener } from './types.ts';

/** IPv6 addresses stand in brackets, as in a URL (RFC 3986 §3.2.2). */
const pattern = /^(?:(?:\[(?<ipv6>[0-9A-Fa-f:.]{2,45})\]|(?<host>[A-Za-z0-9._-]{1,253})):)?(?<port>\d{1,5})$/;

/** Reads `http 8080;`, `https 127.0.0.1:443;`, `http [::1]:80 {…}`. What is in the block is passed over. */
export function readListener(directive: Directive, context: Context): Listener | undefined {
  const { name, words, block } = directive;
  const [word, surplus] = words;
  const match = word && pattern.exec(word.text);
  const port = Number(match?.groups?.port);
  if (!match || port > 65535 || surplus !== undefined) {
    const problem = `expected a port from 0 to 65535, with an address before it or without: '${name.text} 127.0.0.1:8080;'`;
    const swallowed =
      surplus !== undefined && surplus.line > name.line ? `; is a ';' missing above this line?` : '';
    context.diagnostics.error(surplus ?? word ?? name, problem + swallowed, context.path);
    return undefined;
  }
  for (const inner of block ?? []) passOver(inner, [], context);
  const address = match.groups?.ipv6 ?? match.groups?.host;
  return { ...(address === undefined ? {} : { address }), port };
}

/** As it stands in the file: `[::1]:80`. */
export function formatListener({ address, port }: Listener): string {
  if (address === undefined) return String(port);
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
