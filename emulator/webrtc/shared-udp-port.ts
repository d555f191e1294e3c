import type { RemoteInfo, Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { HostCandidate } from './answer.ts';
import { bindUdp, closeUdp } from './udp-bind.ts';
import type { Peer, UdpEndpoint } from './udp-endpoint.ts';
import { UdpRoutes } from './udp-routes.ts';

/**
 * One UDP port for all sessions, as firewalls and containers like it. An ICE check says by its user fragment
 * which session it is for (RFC 8445 §7.3); where that session finds it genuine, everything else that comes from
 * the same address and port is that session's, too.
 */
export class SharedUdpPort {
  readonly #ipv4: Socket;
  readonly #ipv6: Socket | undefined;
  readonly #routes = new UdpRoutes<UdpEndpoint>();
  #closed: Promise<void> | undefined;

  private constructor(ipv4: Socket, ipv6: Socket | undefined) {
    this.#ipv4 = ipv4;
    this.#ipv6 = ipv6;
    const receive = (datagram: Buffer, { address, port }: RemoteInfo) => {
      const from = { address, port };
      this.#routes.find(datagram, from)?.onDatagram?.(datagram, from);
    };
    for (const socket of this.#all()) socket.on('message', receive);
  }

  /**
   * Opens the port on all interfaces.
   *
   * @param port 0 for any that is free
   * @param withIPv6 the same port for IPv6 too
   * @throws Error, such as EADDRINUSE
   */
  static async open(port: number, withIPv6: boolean): Promise<SharedUdpPort> {
    const ipv4 = await bindUdp('udp4', port);
    if (!withIPv6) return new SharedUdpPort(ipv4, undefined);
    try {
      return new SharedUdpPort(ipv4, await bindUdp('udp6', ipv4.address().port));
    } catch (error) {
      ipv4.close();
      throw error;
    }
  }

  get port(): number {
    return this.#ipv4.address().port;
  }

  /**
   * A session's share of the port.
   * @param addresses to announce
   */
  share(addresses: readonly string[]): UdpEndpoint {
    const { port } = this;
    const reachable = addresses.filter((address) => this.#ipv6 !== undefined || !isIPv6(address));
    const candidates: HostCandidate[] = reachable.map((address) => ({ address, port }));
    let isClosed = false;
    const endpoint: UdpEndpoint = {
      candidates,
      onDatagram: undefined,
      send: (datagram, to) => {
        if (!isClosed) this.#send(datagram, to);
      },
      expectChecks: (ufrag) => this.#routes.addUfrag(endpoint, ufrag),
      claim: (peer) => {
        if (!isClosed) this.#routes.addPeer(endpoint, peer);
      },
      close: async () => {
        isClosed = true;
        this.#routes.remove(endpoint);
      },
    };
    return endpoint;
  }

  /** Idempotent; resolves when the port is free. Sessions that still have a share of it fall silent. */
  close(): Promise<void> {
    this.#closed ??= Promise.all(this.#all().map(closeUdp)).then(() => undefined);
    return this.#closed;
  }

  #send(datagram: Buffer, to: Peer): void {
    if (this.#closed !== undefined) return;
    // For each packet: cheaper than `isIPv6`, and the address is known to be one.
    const socket = to.address.includes(':') ? this.#ipv6 : this.#ipv4;
    socket?.send(datagram, to.port, to.address);
  }

  #all(): Socket[] {
    return this.#ipv6 === undefined ? [this.#ipv4] : [this.#ipv4, this.#ipv6];
  }
}
