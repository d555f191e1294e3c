import type { Clip } from '../../../conformance/bots/process/messages.ts';

/**
 * - `open` answers `{ ports }`: on loopback, one for each member.
 * - `talk` begins to send, each member to its own port, and answers `{}`.
 * - `count` answers a {@link ReceivedCount}.
 */
export type TalkersRequest =
  | { readonly type: 'open'; readonly members: number }
  | { readonly type: 'talk'; readonly ports: readonly number[]; readonly clips: readonly Clip[] }
  | { readonly type: 'count' };

/** What the members have received so far. */
export interface ReceivedCount {
  readonly atNs: bigint;
  /** By member. */
  readonly packets: readonly number[];
  /** Opus of all of them together, without RTP headers. */
  readonly bytes: number;
}

/** RTP payload type of Opus in both directions. */
export const opusPayloadType = 111;
