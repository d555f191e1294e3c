import type { RemoteInfo, Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { HostCandidate } from './answer.ts';
import { bindUdp, closeUdp } from './udp-bind.ts';
import type { Peer, UdpEndpoint } from './udp-endpoint.ts';

/** Sockets of a session's own: one for IPv4, one more where IPv6 is announced. */
export class UdpSockets implements UdpEndpoint {
  readonly candidates: readonly HostCandidate[];
  onDatagram: UdpEndpoint['onDatagram'];
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
   * @param portRange first and last port, `[0, 0]` for any free one
   * @throws Error where no port of the range is free
   */
  static async open(
    addresses: readonly string[],
    portRange: readonly [number, number] = [0, 0],
  ): Promise<UdpSockets> {
    const ipv4 = await bindInRange('udp4', portRange);
    if (!addresses.some((address) => isIPv6(address))) return new UdpSockets(addresses, ipv4, undefined);
    try {
      return new UdpSockets(addresses, ipv4, await bindInRange('udp6', portRange));
    } catch (error) {
      ipv4.close();
      throw error;
    }
  }

  send(datagram: Buffer, to: Peer): void {
    if (this.#closed !== undefined) return;
    // For each packet, so not `isIPv6`, which runs a long regular expression over an address that is known to be one.
    const socket = to.address.includes(':') ? this.#ipv6 : this.#ipv4;
    socket?.send(datagram, to.port, to.address);
  }

  expectChecks(): void {
    // All that comes to these ports is for this session.
  }

  claim(): void {}

  /** Idempotent; resolves when the ports are free. */
  close(): Promise<void> {
    this.#closed ??= Promise.all(this.#all().map(closeUdp)).then(() => undefined);
    return this.#closed;
  }

  #all(): Socket[] {
    return this.#ipv6 === undefined ? [this.#ipv4] : [this.#ipv4, this.#ipv6];
  }
}

async function bindInRange(type: 'udp4' | 'udp6', [first, last]: readonly [number, number]): Promise<Socket> {
  const count = last - first + 1;
  // A random start keeps a search short when many ports are taken.
  const start = Math.floor(Math.random() * count);
  for (let tried = 0; tried < count; tried += 1) {
    try {
      return await bindUdp(type, first + ((start + tried) % count));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`no UDP port is free from ${first} to ${last}`);
}
