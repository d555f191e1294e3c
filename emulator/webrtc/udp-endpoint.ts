import type { HostCandidate } from './answer.ts';

/** A client's address and port. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** Where the datagrams of one session come in and go out: ports of its own, or its share of a common one. */
export interface UdpEndpoint {
  /** Where clients reach us, the most wanted first. */
  readonly candidates: readonly HostCandidate[];
  onDatagram: ((datagram: Buffer, from: Peer) => void) | undefined;
  /** Sends without a word about success, as UDP is. */
  send(datagram: Buffer, to: Peer): void;
  /** ICE checks that are meant for this session bear this user fragment; the one before stays good. */
  expectChecks(ufrag: string): void;
  /** A genuine check came from there: so this session's packets come from there, too. */
  claim(peer: Peer): void;
  /** Idempotent; resolves when nothing comes in any more. */
  close(): Promise<void>;
}
