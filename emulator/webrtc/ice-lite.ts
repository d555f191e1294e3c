import { randomBytes } from 'node:crypto';
import { classes, Message, methods, parseMessage } from 'werift';
import type { Peer } from './udp-endpoint.ts';

/** More addresses than a client has interfaces; the oldest is forgotten first. */
const maxPeers = 16;

/** What the agent needs of its surroundings. */
export interface IceLiteOptions {
  /** Missing: not known yet, see `expect`. */
  readonly remoteUfrag?: string;
  send(datagram: Buffer, to: Peer): void;
  /** Checks bear this user fragment of ours from here on; called at once, and again by `restart`. */
  onUfrag?(ufrag: string): void;
  /** A genuine check came from an address that it did not come from before. */
  onPeer?(peer: Peer): void;
  /** The client has chosen a path, or another one than before. */
  onSelected(peer: Peer): void;
}

/**
 * An ICE-lite agent (RFC 8445 §2.5): answers the client's connectivity checks and follows its choice of a
 * path. It sends no checks of its own, so it needs no timers, no candidates of the client, no name lookups,
 * and a session is up after two round trips. The client's consent checks (RFC 7675) show that it lives.
 */
export class IceLiteAgent {
  /** Our user fragment and password; new after `restart`. */
  ufrag = newUfrag();
  pwd = newPwd();
  /** Where packets for the client go. */
  selected: Peer | undefined;
  readonly #options: IceLiteOptions;
  /** While the client's description is not there yet: that of the first genuine check. */
  #remoteUfrag: string | undefined;
  /** Passwords by our user fragment: the ones of the ICE session before stay usable until the new path is chosen. */
  readonly #passwords = new Map<string, Buffer>();
  /** Addresses with a genuine check, by `address port`. */
  readonly #peers = new Map<string, Peer>();

  constructor(options: IceLiteOptions) {
    this.#options = options;
    this.#remoteUfrag = options.remoteUfrag;
    this.#passwords.set(this.ufrag, Buffer.from(this.pwd));
    options.onUfrag?.(this.ufrag);
  }

  /**
   * Tells the client's user fragment, once its answer is there. Clients check before that answer has arrived
   * (RFC 8445 §7.3): what they chose stays chosen, unless it was done in another name.
   */
  expect(remoteUfrag: string): void {
    if (this.#remoteUfrag !== undefined && this.#remoteUfrag !== remoteUfrag) {
      this.#peers.clear();
      this.selected = undefined;
    }
    this.#remoteUfrag = remoteUfrag;
  }

  /** Starts a new ICE session on the same sockets (RFC 8445 §2.4); media goes on meanwhile. */
  restart(remoteUfrag: string): void {
    const previous = this.#passwords.get(this.ufrag);
    this.#passwords.clear();
    if (previous !== undefined) this.#passwords.set(this.ufrag, previous);
    this.ufrag = newUfrag();
    this.pwd = newPwd();
    this.#passwords.set(this.ufrag, Buffer.from(this.pwd));
    this.#remoteUfrag = remoteUfrag;
    this.#options.onUfrag?.(this.ufrag);
  }

  /** True for an address that has shown it knows our password: packets from elsewhere are nobody's. */
  isPeer({ address, port }: Peer): boolean {
    if (this.selected?.port === port && this.selected.address === address) return true;
    return this.#peers.has(`${address} ${port}`);
  }

  /**
   * Takes a STUN packet (RFC 8445 §7.3).
   *
   * @returns true where it was a genuine check, which is a sign of life
   */
  handle(datagram: Buffer, from: Peer): boolean {
    // A packet can say that it comes from port 0, and no socket sends anything there (RFC 768).
    if (from.port === 0 || !isSealed(datagram)) return false;
    const username = requestUsername(datagram);
    if (username === undefined) return false;
    const [ufrag = '', remoteUfrag] = username.split(':');
    const password = this.#passwords.get(ufrag);
    if (password === undefined) return false;
    const isPresent = ufrag === this.ufrag;
    if (isPresent && remoteUfrag !== (this.#remoteUfrag ?? remoteUfrag)) return false;
    const request = parse(datagram, password);
    if (request === undefined) return false;
    // We are always the controlled side: a client that thinks it is too has to switch (RFC 8445 §7.3.1.1).
    if (request.attributesKeys.includes('ICE-CONTROLLED')) {
      this.#respond(request, from, password, [487, 'Role Conflict']);
      return false;
    }
    this.#remoteUfrag ??= remoteUfrag;
    this.#respond(request, from, password);
    this.#remember(from);
    if (request.attributesKeys.includes('USE-CANDIDATE')) this.#select(from, isPresent);
    return true;
  }

  #select(peer: Peer, isPresent: boolean): void {
    if (isPresent && this.#passwords.size > 1) {
      const password = this.#passwords.get(this.ufrag);
      this.#passwords.clear();
      if (password !== undefined) this.#passwords.set(this.ufrag, password);
    }
    if (this.selected?.port === peer.port && this.selected.address === peer.address) return;
    this.selected = peer;
    this.#options.onSelected(peer);
  }

  #remember(peer: Peer): void {
    const key = `${peer.address} ${peer.port}`;
    if (this.#peers.has(key)) return;
    const [oldest] = this.#peers.keys();
    if (this.#peers.size >= maxPeers && oldest !== undefined) this.#peers.delete(oldest);
    this.#peers.set(key, peer);
    this.#options.onPeer?.(peer);
  }

  #respond(request: Message, to: Peer, password: Buffer, error?: [number, string]): void {
    const type = error === undefined ? classes.RESPONSE : classes.ERROR;
    const response = new Message(methods.BINDING, type, request.transactionId);
    if (error === undefined) response.setAttribute('XOR-MAPPED-ADDRESS', [to.address, to.port]);
    else response.setAttribute('ERROR-CODE', error);
    this.#options.send(response.addMessageIntegrity(password).addFingerprint().bytes, to);
  }
}

/**
 * True where MESSAGE-INTEGRITY and FINGERPRINT end the packet, as ICE has it (RFC 8445 §7.1.4): what stands
 * between or behind them is vouched for by nobody.
 */
function isSealed(datagram: Buffer): boolean {
  const integrityAt = datagram.length - 32;
  if (integrityAt < 20 || datagram.readUInt16BE(2) !== datagram.length - 20) return false;
  return datagram.readUInt16BE(integrityAt) === 0x0008 && datagram.readUInt16BE(integrityAt + 24) === 0x8028;
}

/** The user name of a binding request that is not yet known to be genuine. */
function requestUsername(datagram: Buffer): string | undefined {
  const message = parse(datagram);
  if (message?.messageMethod !== methods.BINDING || message.messageClass !== classes.REQUEST)
    return undefined;
  const username: unknown = message.getAttributeValue('USERNAME');
  return typeof username === 'string' ? username : undefined;
}

function parse(datagram: Buffer, password?: Buffer): Message | undefined {
  try {
    return parseMessage(datagram, password);
  } catch {
    return undefined;
  }
}

/** 24 bits at least (RFC 8445 §5.3); hex is made of ICE characters. */
function newUfrag(): string {
  return randomBytes(6).toString('hex');
}

/** 128 bits at least (RFC 8445 §5.3). */
function newPwd(): string {
  return randomBytes(18).toString('hex');
}
