/** A TURN server that media goes through (RFC 8656). */
export interface TurnServer {
  /** `turn:host:port?transport=udp`, or `turns:…` (RFC 7065): how the server is spoken to; it speaks UDP to others. */
  readonly url: string;
  readonly username: string;
  readonly credential: string;
}

/** For an option’s help, and for what is said where something else was given. */
export const turnForm = 'turn:user:password@host[:port][?transport=udp|tcp]';

const form = /^(turns?):(?:\/\/)?([^:]+):([^@]+)@([^@/?#]+)(?:\?transport=(udp|tcp))?$/i;

/**
 * Reads a TURN server with its credentials: as in RFC 7065, with user and password before the host, in which `@`, `:` and
 * `%` are percent-encoded. The port is 3478, or 5349 with TLS, if none is named.
 * @throws RangeError with a sentence in which nothing of the text is, since it may hold a password
 */
export function parseTurnServer(text: string): TurnServer {
  const [, scheme = '', user = '', password = '', authority = '', transport] = form.exec(text) ?? [];
  const secure = scheme.toLowerCase() === 'turns';
  const place = placeOf(authority, secure ? 5349 : 3478);
  const [username, credential] = [decoded(user), decoded(password)];
  if (place === undefined || !username || !credential) throw new RangeError(`it is written ${turnForm}`);
  if (secure && transport?.toLowerCase() === 'udp') {
    throw new RangeError('turns: is TLS, which goes over TCP: leave ?transport=udp out');
  }
  const by = secure ? 'tcp' : (transport?.toLowerCase() ?? 'udp');
  return { url: `${secure ? 'turns' : 'turn'}:${place}?transport=${by}`, username, credential };
}

/** Host and port; undefined where it is no such thing. Bots speak IPv4, so an address in brackets is none. */
function placeOf(authority: string, defaultPort: number): string | undefined {
  if (authority === '' || !URL.canParse(`http://${authority}`)) return undefined;
  const { hostname } = new URL(`http://${authority}`);
  const [, port = String(defaultPort)] = /:(\d+)$/.exec(authority) ?? [];
  return hostname.startsWith('[') || Number(port) === 0 ? undefined : `${hostname}:${Number(port)}`;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
