import { DisorderedLine } from '../../../media/disordered-line.ts';
import { opusClockHz } from '../../../media/opus-parameters.ts';
import { videoClockHz } from '../../../media/rtp-video-packet.ts';
import type { LinePacket } from '../../webrtc/faulty-endpoint.ts';
import { seedOf } from '../draws.ts';
import type { RuleEntry } from '../rule-book.ts';
import type { PacketFaultRule } from '../types.ts';
import { DelayLine } from './delay-line.ts';
import { isTouched, type PacketFate, packetFates, untouched } from './packet-fate.ts';
import { type PacketPlace, SequenceIndex } from './sequence-index.ts';

/** What is counted from the first packet of a source on. */
interface Origin {
  readonly ssrc: number;
  readonly timestamp: number;
  readonly numbers: SequenceIndex;
  readonly fateOf: (place: PacketPlace) => PacketFate;
}

export type MediaKind = 'audio' | 'video';

const clockHz: Readonly<Record<MediaKind, number>> = { audio: opusClockHz, video: videoClockHz };

/** One rule at work on one track of one session. */
export class PacketStage {
  readonly #entry: RuleEntry<PacketFaultRule>;
  readonly #kind: MediaKind;
  readonly #seed: number;
  readonly #disorder = new DisorderedLine<() => void>((pass) => pass());
  readonly #delays = new DelayLine();
  #origin: Origin | undefined;
  /** How many sources the track had: a publisher may begin anew within its session. */
  #sources = 0;

  /** @param seed of the flow */
  constructor(entry: RuleEntry<PacketFaultRule>, kind: MediaKind, seed: number) {
    this.#entry = entry;
    this.#kind = kind;
    this.#seed = seed;
  }

  /** @param pass hands the packet on; called now, later, twice or never */
  push(packet: LinePacket, pass: () => void): void {
    const fate = this.#fateOf(packet);
    this.#disorder.push(() => this.#delays.push(fate.delayMs, pass), fate);
  }

  /** The rule is gone: what waits for its successor does so no more, and late packets come yet. */
  retire(): void {
    this.#disorder.flush();
  }

  /** What waits is lost. Idempotent. */
  close(): void {
    this.#delays.close();
  }

  #fateOf({ ssrc, sequenceNumber, timestamp }: LinePacket): PacketFate {
    if (this.#origin?.ssrc !== ssrc) this.#origin = this.#begin(ssrc, timestamp);
    const { numbers, fateOf, timestamp: first } = this.#origin;
    // Signed, since packets may come in another order: 32 bits, which wrap after hours (RFC 3550 §5.1).
    const mediaMs = (((timestamp - first) | 0) * 1000) / clockHz[this.#kind];
    const place = numbers.place(sequenceNumber);
    const { fromMs = 0, untilMs = Number.POSITIVE_INFINITY } = this.#entry.rule;
    if (mediaMs < fromMs || mediaMs >= untilMs) return untouched;
    const fate = fateOf(place);
    this.#entry.matched += 1;
    if (isTouched(fate)) this.#entry.hits += 1;
    return fate;
  }

  #begin(ssrc: number, timestamp: number): Origin {
    this.#sources += 1;
    const seed = seedOf(this.#seed, this.#sources);
    const fateOf = packetFates(this.#entry.rule.do, seed);
    return { ssrc, timestamp, numbers: new SequenceIndex(), fateOf };
  }
}
