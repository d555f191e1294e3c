import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** The header that Node reads as the end of HTTP on a connection. */
const upgradeHeader = /^upgrade$/i;

/**
 * Gives a request that asks for another protocol than ours (`Upgrade: h2c`, which some HTTP libraries send with
 * every request) back to HTTP, which may ignore the wish (RFC 9110 §7.8). As soon as a server listens for
 * upgrades, Node hands over all of them, with their bodies unread; so the request is written back in front of what
 * follows, without that header, and the connection begins anew.
 */
export function ignoreUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method = 'GET', url = '/', httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = rawHeaders.slice(i, i + 2);
    if (!upgradeHeader.test(name)) lines.push(`${name}: ${value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('encrypted' in socket ? 'secureConnection' : 'connection', socket);
}
