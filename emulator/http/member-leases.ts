import type { Member } from '../rooms/types.ts';
import type { Services } from './services.ts';

/** A page whose connection is gone may be loading again: it has so long to come back. */
const defaultGraceMs = 4000;
/** How often it is looked whether the publisher has gone, too. */
const defaultCheckMs = 500;
/** Who still publishes after so long is somebody else, and stays. */
const maxWaitMs = 60_000;

export interface MemberLeasesOptions {
  readonly graceMs?: number;
  readonly checkMs?: number;
}

interface Lease {
  readonly room: string;
  readonly member: Pick<Member, 'stream' | 'trackNumber'>;
  /** The page's own secret: with it the page comes back, and nobody else can take its place. */
  readonly key: string;
  /** Connections that hold it: two for a moment, where a page comes back before the old one has broken. */
  holders: number;
  timer: NodeJS.Timeout | undefined;
  releasedAtMs: number;
}

/**
 * Members that a page holds for as long as it is connected. When a tab dies without a word, its member is
 * removed from the room a few seconds after its connection and its publisher have gone.
 */
export class MemberLeases {
  readonly #services: Services;
  readonly #graceMs: number;
  readonly #checkMs: number;
  /** By room and stream. */
  readonly #leases = new Map<string, Lease>();

  constructor(services: Services, options: MemberLeasesOptions = {}) {
    this.#services = services;
    this.#graceMs = options.graceMs ?? defaultGraceMs;
    this.#checkMs = options.checkMs ?? defaultCheckMs;
  }

  /**
   * Holds a member until the function that is returned is called, which is idempotent.
   * @returns `unknown` where the room has no such member, `taken` where another page holds it
   */
  hold(room: string, stream: string, key: string): (() => void) | 'unknown' | 'taken' {
    const member = this.#member(room, stream);
    if (member === undefined) return 'unknown';
    const name = JSON.stringify([room, stream]);
    let lease = this.#leases.get(name);
    // Track numbers are not used again: another number is another member under the same name.
    if (lease === undefined || lease.member.trackNumber !== member.trackNumber) {
      clearTimeout(lease?.timer);
      lease = { room, member, key, holders: 0, timer: undefined, releasedAtMs: 0 };
      this.#leases.set(name, lease);
    }
    if (lease.key !== key) return 'taken';
    const held = lease;
    held.holders += 1;
    clearTimeout(held.timer);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      held.holders -= 1;
      if (held.holders > 0 || this.#leases.get(name) !== held) return;
      held.releasedAtMs = performance.now();
      this.#checkLater(name, held, this.#graceMs);
    };
  }

  /** Forgets all; members stay. */
  close(): void {
    for (const { timer } of this.#leases.values()) clearTimeout(timer);
    this.#leases.clear();
  }

  #checkLater(name: string, lease: Lease, afterMs: number): void {
    lease.timer = setTimeout(() => this.#check(name, lease), afterMs);
    lease.timer.unref();
  }

  #check(name: string, lease: Lease): void {
    const { room, member } = lease;
    const isThere = this.#member(room, member.stream)?.trackNumber === member.trackNumber;
    const isPublished = this.#services.stream(member.stream)?.alive ?? false;
    if (isThere && isPublished && performance.now() - lease.releasedAtMs < maxWaitMs) {
      this.#checkLater(name, lease, this.#checkMs);
      return;
    }
    this.#leases.delete(name);
    if (!isThere || isPublished) return;
    this.#services.roomCommand(room, JSON.stringify({ command: 'remove_stream', args: [member.stream] }));
  }

  #member(room: string, stream: string): Member | undefined {
    return this.#services.stream(room)?.room?.members.find((member) => member.stream === stream);
  }
}
