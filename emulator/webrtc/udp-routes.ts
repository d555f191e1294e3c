import { checkedUfrag } from './checked-ufrag.ts';
import type { Peer } from './udp-endpoint.ts';

/** An ICE restart keeps the user fragment before it alive for a while. */
const maxUfrags = 2;
/** As many addresses as the ICE agent keeps of one client. */
const maxPeers = 16;

/** Who gets the datagrams of a port that several sessions share. */
export class UdpRoutes<Session> {
  readonly #byUfrag = new Map<string, Session>();
  readonly #byPeer = new Map<string, Session>();
  /** What leads to each session, the oldest first. */
  readonly #keysOf = new Map<Session, { readonly ufrags: string[]; readonly peers: string[] }>();

  /** Checks with this user fragment of ours are for `session`. */
  addUfrag(session: Session, ufrag: string): void {
    const { ufrags } = this.#keys(session);
    this.#byUfrag.set(ufrag, session);
    ufrags.push(ufrag);
    if (ufrags.length > maxUfrags) this.#byUfrag.delete(ufrags.shift()!);
  }

  /** A genuine check came from there: an address that another session had, whose client is gone, changes hands. */
  addPeer(session: Session, peer: Peer): void {
    const key = keyOf(peer);
    const before = this.#byPeer.get(key);
    if (before === session) return;
    if (before !== undefined) removeFrom(this.#keys(before).peers, key);
    const { peers } = this.#keys(session);
    this.#byPeer.set(key, session);
    peers.push(key);
    if (peers.length > maxPeers) this.#byPeer.delete(peers.shift()!);
  }

  /** Hostile datagrams too; `undefined` for those that are nobody's. */
  find(datagram: Buffer, from: Peer): Session | undefined {
    // RFC 7983 §7: what begins with 0 to 3 is STUN.
    if (datagram.length > 0 && datagram[0]! > 3) return this.#byPeer.get(keyOf(from));
    const ufrag = checkedUfrag(datagram);
    return ufrag === undefined ? undefined : this.#byUfrag.get(ufrag);
  }

  remove(session: Session): void {
    const keys = this.#keysOf.get(session);
    this.#keysOf.delete(session);
    for (const ufrag of keys?.ufrags ?? []) this.#byUfrag.delete(ufrag);
    for (const peer of keys?.peers ?? []) this.#byPeer.delete(peer);
  }

  #keys(session: Session) {
    const known = this.#keysOf.get(session) ?? { ufrags: [], peers: [] };
    this.#keysOf.set(session, known);
    return known;
  }
}

function keyOf({ address, port }: Peer): string {
  return `${address} ${port}`;
}

function removeFrom(list: string[], item: string): void {
  const at = list.indexOf(item);
  if (at !== -1) list.splice(at, 1);
}
