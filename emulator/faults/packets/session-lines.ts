import type { LiveFaults } from '../../live/live-services.ts';
import type { FaultTargets } from '../fault-targets.ts';
import type { RuleBook } from '../rule-book.ts';
import type { PacketMatch } from '../types.ts';
import { type LineFacts, SessionLine } from './session-line.ts';

type Direction = PacketMatch['direction'];
type Rooms = Pick<FaultTargets, 'hasRoom' | 'roomsOf' | 'onRoomEvent'>;

/** Names of which it is counted how many sessions they had; templates allow names without end. */
const maxCounted = 10_000;

/** Between all sessions and their clients. */
export class SessionLines implements LiveFaults {
  readonly #rules: RuleBook;
  readonly #seed: number;
  readonly #rooms: Rooms;
  /** From the moment on in which the session is made. */
  readonly #open = new Map<SessionLine, { readonly direction: Direction; readonly name: string }>();
  /** By direction and name: the sessions so far. */
  readonly #counts = new Map<string, number>();
  #roomsVersion = 0;

  constructor(rules: RuleBook, seed: number, rooms: Rooms) {
    this.#rules = rules;
    this.#seed = seed;
    this.#rooms = rooms;
    rooms.onRoomEvent(() => {
      this.#roomsVersion += 1;
    });
  }

  publisher(stream: string): SessionLine {
    const facts = () => ({ direction: 'in', stream, rooms: this.#rooms.roomsOf(stream) }) as const;
    return this.#line('in', stream, facts);
  }

  viewer(name: string): SessionLine {
    const isRoom = this.#rooms.hasRoom(name);
    const facts = {
      direction: 'out',
      stream: isRoom ? undefined : name,
      rooms: isRoom ? [name] : [],
    } as const;
    return this.#line('out', name, () => facts);
  }

  /** The network of a stream's publishers is gone. @returns false where there are none */
  cutPublisher(stream: string): boolean {
    const lines = [...this.#open].filter(([line, { direction, name }]) => {
      return direction === 'in' && name === stream && !line.isCut;
    });
    for (const [line] of lines) line.cut();
    return lines.length > 0;
  }

  /** Idempotent. */
  close(): void {
    for (const line of [...this.#open.keys()]) line.close();
  }

  #line(direction: Direction, name: string, facts: () => LineFacts): SessionLine {
    const line: SessionLine = new SessionLine({
      rules: this.#rules,
      seed: this.#seed,
      flow: () => [direction, name, this.#count(direction, name)],
      facts,
      roomsVersion: () => this.#roomsVersion,
      onOpen: () => this.#open.set(line, { direction, name }),
      onClose: () => this.#open.delete(line),
    });
    return line;
  }

  /** The how manieth session it is: offers that come to nothing do not count. */
  #count(direction: Direction, name: string): number {
    const key = JSON.stringify([direction, name]);
    const count = (this.#counts.get(key) ?? 0) + 1;
    if (count > 1 || this.#counts.size < maxCounted) this.#counts.set(key, count);
    return count;
  }
}
