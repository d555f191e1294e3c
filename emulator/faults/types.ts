/**
 * Which HTTP calls a rule is for. What is left out does not matter. Patterns are globs: `*` stands for any number of
 * characters, slashes too, `?` for one, and a backslash takes the meaning from the next character.
 */
export interface HttpMatch {
  /** `POST`. Left out: every method but OPTIONS, so that browsers may still ask whether they may call. */
  readonly method?: string;
  /** The path as it was sent, without the query: `/flussonic/api/*`. */
  readonly path?: string;
  /** A documented command; `-` and `_` are the same. The call is judged when it is let in and its body is there. */
  readonly command?: string;
  /** The name in a path: `/NAME/whip`; with `command` the first argument of a command of a room. */
  readonly stream?: string;
  /**
   * The name in a path: `/NAME/whep`, `/flussonic/api/dynamic_mosaic/NAME`; with `command` also the first argument of
   * a command of the manager. Whether it is a room's is not looked at.
   */
  readonly room?: string;
}

/** What happens to a call: at most one of `status`, `drop` and `truncate`, and a delay. */
export interface HttpFault {
  /** The answer instead of the right one. */
  readonly status?: number;
  /** With `status`; a text, or a value that is sent as JSON. Default: `{"error":"fault", …}`. */
  readonly body?: unknown;
  /** With `status`: `{"retry-after":"2"}`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection is broken off without an answer. */
  readonly drop?: true;
  /** So much of the answer's body comes before the connection breaks off: bytes, or with a fraction a share. */
  readonly truncate?: number;
  /** One number, or the least and the most. */
  readonly delayMs?: number | readonly [number, number];
  /**
   * `before` (default): the call is late or not made at all; `after`: it is made, and only its answer is late or lost.
   * Answers are truncated after the call always.
   */
  readonly when?: 'before' | 'after';
}

/** A rule on HTTP calls and on the handshakes of WebSockets. */
export interface HttpFaultRule {
  /** Default: `rule-1` and so on. */
  readonly id?: string;
  readonly on: HttpMatch;
  readonly do: HttpFault;
  /** So many calls that match are let alone at first; default 0. */
  readonly after?: number;
  /** So many are hit at most; default: no limit. */
  readonly times?: number;
  /** Of a call being hit; default 1. */
  readonly probability?: number;
}

/** Which RTP packets a rule is for. Patterns as in {@link HttpMatch}. */
export interface PacketMatch {
  /** `in`: from publishers; `out`: to viewers. */
  readonly direction: 'in' | 'out';
  /** The published stream, or the one that is watched directly. */
  readonly stream?: string;
  /** The room that is watched, or that the publisher's stream is in at that moment. */
  readonly room?: string;
  /** Default `any`. */
  readonly kind?: 'audio' | 'video' | 'any';
}

/** Loss in bursts: a line that is good or bad, packet by packet (Gilbert 1960, Elliott 1963). */
export interface BurstLossModel {
  /** That a good line is bad for the next packet. */
  readonly toBad: number;
  /** That a bad line is good for the next packet: bursts are 1/toGood packets long. */
  readonly toGood: number;
  /** Default 1. */
  readonly lossInBad?: number;
  /** Default 0. */
  readonly lossInGood?: number;
}

/** What happens to a packet; probabilities are 0 to 1 and 0 by default. */
export interface PacketFault {
  readonly lose?: number | BurstLossModel;
  readonly duplicate?: number;
  /** The packet comes behind its successor. */
  readonly reorder?: number;
  readonly delayMs?: number;
  /** Up to so much more delay; packets keep their order. */
  readonly jitterMs?: number;
}

/** A rule on packets. */
export interface PacketFaultRule {
  /** Default: `rule-1` and so on. */
  readonly id?: string;
  readonly on: PacketMatch;
  readonly do: PacketFault;
  /** From when to when, by the packets' own timestamps from the first packet on that the rule sees of a track. */
  readonly fromMs?: number;
  readonly untilMs?: number;
}

export type FaultRule = HttpFaultRule | PacketFaultRule;

/** What a rule did so far. */
export interface FaultRuleState {
  readonly id: string;
  readonly rule: FaultRule;
  /** Calls or packets that it was for. */
  readonly matched: number;
  /** Of these, those to which something happened. */
  readonly hits: number;
}

/** With what an emulator is started that has faults on purpose. */
export interface FaultOptions {
  /** The same seed makes the same choices; default 1. */
  readonly seed?: number;
  readonly rules?: readonly FaultRule[];
  /** True: rules and acts can be given by HTTP, at `/faults/api/`; default false. */
  readonly api?: boolean;
}

/** How a publisher is cut off: its network is gone without a word, or the server ends its session. */
export const publisherCuts = ['vanish', 'close'] as const;
export type PublisherCut = (typeof publisherCuts)[number];

/** Faults of a running emulator. */
export interface Faults {
  readonly seed: number;
  /**
   * Adds a rule behind those there are.
   * @returns its id
   * @throws FaultRuleError where it cannot be used, or its id is taken
   */
  add(rule: FaultRule): string;
  /** @returns false where there is no such rule */
  remove(id: string): boolean;
  /** Removes all rules. */
  clear(): void;
  /** In the order in which they were added. */
  rules(): readonly FaultRuleState[];
  /**
   * To how many calls or packets a rule has done something.
   * @throws RangeError where there is no such rule
   */
  hits(id: string): number;
  /**
   * Cuts a publisher off; default `vanish`: nothing comes from it or gets to it any more, and the session ends when
   * its time limit has passed.
   * @throws RangeError where nobody publishes the stream
   */
  cutPublisher(stream: string, how?: PublisherCut): void;
  /**
   * A room dies: its viewers' sessions and WebSockets end, and calls on it are answered as those on any unknown room.
   * @param status instead of that, by a rule that is added: every call on it gets this status
   * @returns the id of that rule
   * @throws RangeError where there is no such room
   */
  killRoom(room: string, status?: number): string | undefined;
  /**
   * Breaks WebSockets off without a word.
   * @param name glob: of the stream or room in their path; default all
   * @returns how many there were
   */
  closeWebSockets(name?: string): number;
}

/** A rule, or a file of rules, that cannot be used; the message has one line for each problem. */
export class FaultRuleError extends Error {
  override readonly name = 'FaultRuleError';
  /** Each `rules[0].do.status: what is wrong`. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
