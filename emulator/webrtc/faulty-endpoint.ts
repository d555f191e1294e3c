import type { AnswerPlan } from './answer-plan.ts';
import { isRtcp, readRtpHeader } from './rtp-packet.ts';
import type { Peer, UdpEndpoint } from './udp-endpoint.ts';

/** As much of an RTP packet as can be seen on its way: headers are not encrypted (RFC 3711 §3.1). */
export interface LinePacket {
  readonly payloadType: number;
  readonly ssrc: number;
  readonly sequenceNumber: number;
  readonly timestamp: number;
}

/** What happens to a session's packets between its client and it, where faults are made on purpose. */
export interface LineFaults {
  /** True: the network is gone; nothing comes in and nothing goes out any more. */
  readonly isCut: boolean;
  /** Says which payload types are sound and which are picture. */
  agree(kinds: ReadonlyMap<number, 'audio' | 'video'>): void;
  /** Takes a packet of either direction. @param pass brings it where it was to go; now, later, twice or never */
  push(packet: LinePacket, pass: () => void): void;
  /** Ends what waits. Idempotent. */
  close(): void;
}

/** The payload types that were agreed on. */
export function agreedKinds(
  plan: Pick<AnswerPlan, 'audio' | 'video'>,
): ReadonlyMap<number, 'audio' | 'video'> {
  return new Map(
    (['audio', 'video'] as const).flatMap((kind) => {
      const codec = plan[kind]?.codec;
      return codec === undefined ? [] : [[codec.payloadType, kind]];
    }),
  );
}

/**
 * A session's end of the network with faults in front of it. They are where those of a network are: outside of the
 * encryption, so that lost packets are missing in all statistics and can be asked for again. ICE, DTLS and reports
 * pass unharmed, but for a network that is gone.
 */
export class FaultyEndpoint implements UdpEndpoint {
  readonly #endpoint: UdpEndpoint;
  readonly #faults: LineFaults;
  /** Addresses that the client showed to be its own: what others send is no packet of the session. */
  readonly #peers = new Set<string>();
  #onDatagram: UdpEndpoint['onDatagram'];

  constructor(endpoint: UdpEndpoint, faults: LineFaults) {
    this.#endpoint = endpoint;
    this.#faults = faults;
    endpoint.onDatagram = (datagram, from) => this.#receive(datagram, from);
  }

  get candidates(): UdpEndpoint['candidates'] {
    return this.#endpoint.candidates;
  }

  get onDatagram(): UdpEndpoint['onDatagram'] {
    return this.#onDatagram;
  }

  set onDatagram(onDatagram: UdpEndpoint['onDatagram']) {
    this.#onDatagram = onDatagram;
  }

  send(datagram: Buffer, to: Peer): void {
    if (this.#faults.isCut) return;
    this.#pass(datagram, () => this.#endpoint.send(datagram, to));
  }

  expectChecks(ufrag: string): void {
    this.#endpoint.expectChecks(ufrag);
  }

  claim(peer: Peer): void {
    this.#peers.add(keyOf(peer));
    this.#endpoint.claim(peer);
  }

  async close(): Promise<void> {
    this.#faults.close();
    await this.#endpoint.close();
  }

  #receive(datagram: Buffer, from: Peer): void {
    if (this.#faults.isCut) return;
    const hand = () => this.#onDatagram?.(datagram, from);
    if (this.#peers.has(keyOf(from))) this.#pass(datagram, hand);
    else hand();
  }

  #pass(datagram: Buffer, pass: () => void): void {
    const packet = readRtp(datagram);
    if (packet === undefined) pass();
    else this.#faults.push(packet, pass);
  }
}

function keyOf({ address, port }: Peer): string {
  return `${address} ${port}`;
}

/** RFC 7983 §7 and RFC 5761 §4 tell RTP from the rest. */
function readRtp(datagram: Buffer): LinePacket | undefined {
  const first = datagram[0] ?? 0;
  if (first < 128 || first >= 192 || isRtcp(datagram)) return undefined;
  return readRtpHeader(datagram);
}
