import type { Services } from './services.ts';

/** A page whose connection is gone may be loading again, or look in from time to time: it has so long to come back. */
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
  readonly stream: string;
  /** The page's own secret: with it the page comes back, and nobody else can take its place. */
  readonly key: string;
  /** Connections that hold it: two for a moment, where a page comes back before the old one has broken. */
  holders: number;
  timer: NodeJS.Timeout | undefined;
  releasedAtMs: number;
}

const unheld = { holders: 0, timer: undefined, releasedAtMs: 0 };

/**
 * Members that a page holds for as long as it is connected. When a tab dies without a word, its member is
 * removed from the room a few seconds after its connection and its publisher have gone.
 */
export class MemberLeases {
  readonly #services: Services;
  readonly #graceMs: number;
  readonly #checkMs: number;
  /** By room and stream; a lease goes with its member. */
  readonly #leases = new Map<string, Lease>();
  readonly #unsubscribe: () => void;

  constructor(services: Services, options: MemberLeasesOptions = {}) {
    this.#services = services;
    this.#graceMs = options.graceMs ?? defaultGraceMs;
    this.#checkMs = options.checkMs ?? defaultCheckMs;
    this.#unsubscribe = services.onRoomEvent((event) => {
      // Who comes later under the same name is another member.
      if (event.type === 'member-removed') this.#forget(nameOf(event.room.name, event.member.stream));
    });
  }

  /**
   * Holds a member until the function that is returned is called, which is idempotent.
   * @returns `unknown` where the room has no such member, `taken` where another page holds it
   */
  hold(room: string, stream: string, key: string): (() => void) | 'unknown' | 'taken' {
    if (!this.#isMember(room, stream)) return 'unknown';
    const name = nameOf(room, stream);
    const lease: Lease = this.#leases.get(name) ?? { room, stream, key, ...unheld };
    this.#leases.set(name, lease);
    if (lease.key !== key) return 'taken';
    lease.holders += 1;
    clearTimeout(lease.timer);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      lease.holders -= 1;
      if (lease.holders > 0 || this.#leases.get(name) !== lease) return;
      lease.releasedAtMs = performance.now();
      this.#checkLater(lease, this.#graceMs);
    };
  }

  /** Forgets all; members stay. */
  close(): void {
    this.#unsubscribe();
    for (const name of [...this.#leases.keys()]) this.#forget(name);
  }

  #forget(name: string): void {
    clearTimeout(this.#leases.get(name)?.timer);
    this.#leases.delete(name);
  }

  #checkLater(lease: Lease, afterMs: number): void {
    lease.timer = setTimeout(() => this.#check(lease), afterMs);
    lease.timer.unref();
  }

  /** Called while the member is there, and nobody holds it. */
  #check(lease: Lease): void {
    const { room, stream } = lease;
    const isPublished = this.#services.stream(stream)?.alive ?? false;
    if (isPublished && performance.now() - lease.releasedAtMs < maxWaitMs) {
      this.#checkLater(lease, this.#checkMs);
      return;
    }
    this.#forget(nameOf(room, stream));
    if (isPublished) return;
    this.#services.roomCommand(room, JSON.stringify({ command: 'remove_stream', args: [stream] }));
  }

  #isMember(room: string, stream: string): boolean {
    return (this.#services.stream(room)?.room?.members ?? []).some((member) => member.stream === stream);
  }
}

function nameOf(room: string, stream: string): string {
  return JSON.stringify([room, stream]);
}
