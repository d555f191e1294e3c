/**
 * What the suite and the process in which its bots live say to each other. Bots have a process of their
 * own, so that neither the server under test nor the analysis delays what they send or the times at which
 * they say something came. Times are nanoseconds of the machine's monotonic clock, the same in every process.
 */

/** A clip of Opus packets that a publisher sends over and over. */
export interface Clip {
  readonly packets: readonly Uint8Array[];
  /** Duration of each packet, in samples of 48 kHz. */
  readonly samplesAt48k: number;
}

/** One packet as a listener got it. */
export interface ReceivedPacket {
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
  readonly arrivalNs: bigint;
}

export type BotRequest =
  | { readonly type: 'publish'; readonly url: string; readonly clip: Clip; readonly insecure: boolean }
  | { readonly type: 'listen'; readonly url: string; readonly insecure: boolean }
  /** Answers how many packets a listener has got so far; the packets go on to be kept until `take`. */
  | { readonly type: 'count'; readonly bot: number }
  /** Answers the packets that came since the last `take`, and forgets them. */
  | { readonly type: 'take'; readonly bot: number }
  | { readonly type: 'select'; readonly bot: number; readonly tracks: readonly string[] }
  /** Answers how late packets were sent since the last time this was asked: what the bots themselves cost. */
  | { readonly type: 'lateness' }
  /** Ends a bot; `abruptly` without a word to the server. */
  | { readonly type: 'close'; readonly bot: number; readonly abruptly: boolean };

/** Answers by type of request. */
export interface BotAnswers {
  publish: BotStarted & { readonly firstSampleNs: bigint };
  listen: BotStarted;
  count: { readonly packets: number };
  take: { readonly packets: readonly ReceivedPacket[] };
  select: { readonly status: number };
  lateness: { readonly latenessMs: readonly number[] };
  close: object;
}

/** A bot is connected. */
export interface BotStarted {
  readonly bot: number;
  /** The `X-Sid` of its session. */
  readonly sessionId: string | undefined;
  /** From the offer to the connected session. */
  readonly setUpMs: number;
}

export interface BotEnvelope<T> {
  readonly id: number;
  readonly body: T;
}
