import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { HostCandidate } from './answer.ts';

/** A client's address and port. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

const receiveBufferBytes = 1024 * 1024;

/** The sockets of one session: one for IPv4, one more where IPv6 is announced. */
export class UdpSockets {
  /** Where clients reach us, the most wanted first. */
  readonly candidates: readonly HostCandidate[];
  onDatagram: ((datagram: Buffer, from: Peer) => void) | undefined;
  readonly #ipv4: Socket;
  readonly #ipv6: Socket | undefined;
  #closed: Promise<void> | undefined;

  private constructor(addresses: readonly string[], ipv4: Socket, ipv6: Socket | undefined) {
    this.#ipv4 = ipv4;
    this.#ipv6 = ipv6;
    this.candidates = addresses.map((address) => ({
      address,
      port: (isIPv6(address) ? (ipv6 ?? ipv4) : ipv4).address().port,
    }));
    const receive = (datagram: Buffer, { address, port }: RemoteInfo) =>
      this.onDatagram?.(datagram, { address, port });
    for (const socket of this.#all()) socket.on('message', receive);
  }

  /**
   * Opens the sockets on all interfaces.
   *
   * @param addresses to announce
   * @param portRange first and last port; any free one when missing
   * @throws Error where no port of the range is free
   */
  static async open(
    addresses: readonly string[],
    portRange?: readonly [number, number],
  ): Promise<UdpSockets> {
    const ipv4 = await bind('udp4', portRange);
    if (!addresses.some((address) => isIPv6(address))) return new UdpSockets(addresses, ipv4, undefined);
    try {
      return new UdpSockets(addresses, ipv4, await bind('udp6', portRange));
    } catch (error) {
      ipv4.close();
      throw error;
    }
  }

  /** Sends without a word about success, as UDP is. */
  send(datagram: Buffer, to: Peer): void {
    if (this.#closed !== undefined) return;
    // For each packet, so not `isIPv6`, which runs a long regular expression over an address that is known to be one.
    const socket = to.address.includes(':') ? this.#ipv6 : this.#ipv4;
    socket?.send(datagram, to.port, to.address);
  }

  /** Idempotent; resolves when the ports are free. */
  close(): Promise<void> {
    this.#closed ??= Promise.all(this.#all().map(closeSocket)).then(() => undefined);
    return this.#closed;
  }

  #all(): Socket[] {
    return this.#ipv6 === undefined ? [this.#ipv4] : [this.#ipv4, this.#ipv6];
  }
}

async function bind(type: 'udp4' | 'udp6', range: readonly [number, number] | undefined): Promise<Socket> {
  if (range === undefined) return await bindTo(type, 0);
  const [first, last] = range;
  const count = last - first + 1;
  // A random start keeps a search short when many ports are taken.
  const start = Math.floor(Math.random() * count);
  for (let tried = 0; tried < count; tried += 1) {
    try {
      return await bindTo(type, first + ((start + tried) % count));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`no UDP port is free from ${first} to ${last}`);
}

async function bindTo(type: 'udp4' | 'udp6', port: number): Promise<Socket> {
  // Addresses are never names here, so the lookup that Node does for each packet is skipped.
  const family = type === 'udp4' ? 4 : 6;
  const socket = createSocket({
    type,
    ipv6Only: type === 'udp6',
    lookup: (address, _options, callback) => callback(null, address, family),
  });
  try {
    // Waiting begins before binding: with this lookup a port is bound on the spot.
    const listening = once(socket, 'listening');
    socket.bind(port);
    await listening;
  } catch (error) {
    socket.close();
    throw error;
  }
  takeBursts(socket);
  // An unreachable client is noticed by its silence; the error itself must not become an exception.
  socket.on('error', () => {});
  return socket;
}

/** A keyframe comes as a burst, and the usual buffer holds some 90 packets. */
function takeBursts(socket: Socket): void {
  try {
    socket.setRecvBufferSize(receiveBufferBytes);
  } catch {
    // The system allows less: then what does not fit is lost, and asked for again.
  }
}

function closeSocket(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.close(() => resolve());
  });
}
