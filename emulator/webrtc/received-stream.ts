import type { AnswerPlan } from './answer-plan.ts';
import { ReceiveStatistics } from './receive-statistics.ts';
import type { ReceivedSender, StreamReception } from './rtcp.ts';
import type { RtpPacket } from './rtp-packet.ts';

/** What a publish session keeps of one of its tracks: what was agreed on, and what came. */
export class ReceivedStream {
  readonly payloadType: number | undefined;
  readonly statistics: ReceiveStatistics;
  /** The sender report heard last, which ours answers. */
  #lastSender: (ReceivedSender & { readonly arrivalMs: number }) | undefined;

  constructor(line: AnswerPlan['audio'], clockHz: number) {
    this.payloadType = line?.codec?.payloadType;
    this.statistics = new ReceiveStatistics(clockHz);
  }

  /** Of the packets that came last; `undefined` before the first. */
  get ssrc(): number | undefined {
    return this.statistics.ssrc;
  }

  add(packet: RtpPacket, arrivalMs: number): void {
    this.statistics.add(packet, arrivalMs);
  }

  heard(senders: readonly ReceivedSender[], arrivalMs: number): void {
    const sender = senders.findLast(({ ssrc }) => ssrc === this.ssrc);
    if (sender !== undefined) this.#lastSender = { ...sender, arrivalMs };
  }

  /** What to report; nothing before the first packet. */
  reception(nowMs: number): StreamReception[] {
    const reception = this.statistics.report();
    if (reception === undefined) return [];
    const sender = this.#lastSender?.ssrc === reception.ssrc ? this.#lastSender : undefined;
    if (sender === undefined) return [{ reception }];
    return [{ reception, lastSender: { ntpMiddle: sender.ntpMiddle, agoMs: nowMs - sender.arrivalMs } }];
  }
}
