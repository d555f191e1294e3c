import type { LineFaults, LinePacket } from '../../webrtc/faulty-endpoint.ts';
import { seedOf } from '../draws.ts';
import { matchesGlob } from '../glob.ts';
import type { RuleBook, RuleEntry } from '../rule-book.ts';
import type { PacketFaultRule, PacketMatch } from '../types.ts';
import { type MediaKind, PacketStage } from './packet-stage.ts';

/** Whose packets go over a line. */
export interface LineFacts {
  readonly direction: PacketMatch['direction'];
  /** The stream that is published or watched; undefined where a room is watched. */
  readonly stream: string | undefined;
  /** The room that is watched, or the rooms that the published stream is in now. */
  readonly rooms: readonly string[];
}

export interface SessionLineOptions {
  readonly rules: RuleBook;
  /** Of the emulator's faults. */
  readonly seed: number;
  /** What the line is, in words that are the same in every run: direction, name, and the how manieth it is. Asked once. */
  readonly flow: () => readonly (string | number)[];
  readonly facts: () => LineFacts;
  /** Another number after every change of the rooms. */
  readonly roomsVersion: () => number;
  /** Called when the session is made. */
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

/** The way of one session's packets through the rules that are for them. */
export class SessionLine implements LineFaults {
  readonly #options: SessionLineOptions;
  readonly #stages = new Map<RuleEntry<PacketFaultRule>, Map<MediaKind, PacketStage>>();
  #kinds: ReadonlyMap<number, MediaKind> = new Map();
  /** The rules that are for this line, and of which versions of rules and rooms that is known. */
  #known = { rules: -1, rooms: -1, entries: [] as readonly RuleEntry<PacketFaultRule>[] };
  #flow: readonly (string | number)[] = [];
  #isCut = false;
  #closed = false;

  constructor(options: SessionLineOptions) {
    this.#options = options;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  agree(kinds: ReadonlyMap<number, MediaKind>): void {
    this.#kinds = kinds;
    this.#flow = this.#options.flow();
    this.#options.onOpen();
  }

  /** From here on the network is gone. */
  cut(): void {
    this.#isCut = true;
  }

  push(packet: LinePacket, pass: () => void): void {
    const kind = this.#kinds.get(packet.payloadType);
    if (kind === undefined || this.#closed) {
      pass();
      return;
    }
    this.#through(this.#stagesOf(kind), 0, packet, pass);
  }

  /** What waits is lost. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const stage of this.#allStages()) stage.close();
    this.#options.onClose();
  }

  /** Each rule takes what the one before it gives. */
  #through(stages: readonly PacketStage[], at: number, packet: LinePacket, pass: () => void): void {
    const stage = stages[at];
    if (stage === undefined) {
      if (!this.#isCut) pass();
      return;
    }
    stage.push(packet, () => this.#through(stages, at + 1, packet, pass));
  }

  #stagesOf(kind: MediaKind): readonly PacketStage[] {
    return this.#entries()
      .filter(({ rule: { on } }) => on.kind === undefined || on.kind === 'any' || on.kind === kind)
      .map((entry) => this.#stage(entry, kind));
  }

  #entries(): readonly RuleEntry<PacketFaultRule>[] {
    const { rules, facts, roomsVersion } = this.#options;
    const rooms = roomsVersion();
    if (this.#known.rules !== rules.version || this.#known.rooms !== rooms) {
      const now = facts();
      const entries = rules.packets.filter((entry) => isFor(entry.rule.on, now));
      for (const entry of this.#known.entries) if (!entries.includes(entry)) this.#retire(entry);
      this.#known = { rules: rules.version, rooms, entries };
    }
    return this.#known.entries;
  }

  #stage(entry: RuleEntry<PacketFaultRule>, kind: MediaKind): PacketStage {
    const stages = this.#stages.get(entry) ?? new Map<MediaKind, PacketStage>();
    this.#stages.set(entry, stages);
    const present = stages.get(kind);
    if (present !== undefined) return present;
    const stage = new PacketStage(entry, kind, seedOf(this.#options.seed, entry.id, ...this.#flow, kind));
    stages.set(kind, stage);
    return stage;
  }

  #retire(entry: RuleEntry<PacketFaultRule>): void {
    for (const stage of this.#stages.get(entry)?.values() ?? []) stage.retire();
  }

  *#allStages(): Iterable<PacketStage> {
    for (const stages of this.#stages.values()) yield* stages.values();
  }
}

function isFor({ direction, stream, room }: PacketMatch, facts: LineFacts): boolean {
  if (direction !== facts.direction) return false;
  if (stream !== undefined && (facts.stream === undefined || !matchesGlob(stream, facts.stream)))
    return false;
  return room === undefined || facts.rooms.some((name) => matchesGlob(room, name));
}
