import type { HeaderReader } from './http-call.ts';
import type { TurnServer } from './websocket/index.ts';

/** A STUN or TURN server that clients are told of, as `RTCIceServer` of the WebRTC API has it. */
export interface IceServer {
  /** `stun:stun.example.com` (RFC 7064), `turn:turn.example.com:3478?transport=udp`, `turns:…` (RFC 7065). */
  readonly urls: string | readonly string[];
  /** For TURN, which needs both. */
  readonly username?: string | undefined;
  readonly credential?: string | undefined;
}

const serverUrl = /^(stuns?|turns?):(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?(\?transport=[a-z]+)?$/i;
const printable = /^[\x20-\x7e]*$/;

/**
 * Writes one `Link` value for each URL (RFC 9725 §4.6, RFC 8288 §3).
 *
 * @throws TypeError for URLs of other kinds, TURN without credentials, and letters that no header can carry
 */
export function writeIceServerLinks(servers: readonly IceServer[]): readonly string[] {
  return servers.flatMap((server) => [server.urls].flat().map((url) => writeLink(url, server)));
}

/**
 * The TURN server for the clients of the WebSocket eras, which can be told of one, and use it over TCP: the first
 * that is not for UDP alone.
 */
export function turnOverTcp(servers: readonly IceServer[]): TurnServer | undefined {
  for (const { urls, username: user = '', credential: pass = '' } of servers) {
    for (const url of [urls].flat()) {
      const [, scheme = '', addr = '', port = ':3478', transport] = serverUrl.exec(url) ?? [];
      const isTcp = transport === undefined || transport.toLowerCase() === '?transport=tcp';
      if (scheme.toLowerCase() === 'turn' && isTcp) return { addr, port: Number(port.slice(1)), user, pass };
    }
  }
  return undefined;
}

/**
 * Whether the answer to OPTIONS is to name the servers (RFC 9725 §4.6): not to a browser's preflight, unless its
 * page wants to read `Link`.
 */
export function asksForLinks(header: HeaderReader): boolean {
  if (header('access-control-request-method') === undefined) return true;
  const names = (header('access-control-request-headers') ?? '').split(',');
  return names.some((name) => name.trim().toLowerCase() === 'link');
}

function writeLink(url: string, { username, credential }: IceServer): string {
  if (typeof url !== 'string' || !serverUrl.test(url)) {
    throw new TypeError(`iceServers: ${JSON.stringify(url)} is no stun:, turn: or turns: URL`);
  }
  const link = `<${url}>; rel="ice-server"`;
  if (url.toLowerCase().startsWith('stun')) return link;
  if (username === undefined || credential === undefined) {
    throw new TypeError(`iceServers: ${url} needs a username and a credential`);
  }
  return `${link}; username=${quoted(username)}; credential=${quoted(credential)}; credential-type="password"`;
}

/** A quoted-string (RFC 9110 §5.6.4). */
function quoted(text: string): string {
  if (!printable.test(text)) {
    throw new TypeError('iceServers: usernames and credentials are of printable ASCII letters');
  }
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
