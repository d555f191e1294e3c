interface Sent {
  readonly sequenceNumber: number;
  readonly datagram: Buffer;
  resentAtMs: number;
  timesResent: number;
}

/** As many packets as 1.5 Mbit/s make in 3 s, and any keyframe. */
const historyPackets = 512;
/** Receivers ask again while the first answer is on its way. */
const minResendIntervalMs = 10;
/** Bounds what a client that always asks can make us send. */
const maxResends = 8;

/**
 * Keeps the last packets of a stream as they went out, to be sent again when they are asked for
 * (RFC 4585 §6.2.1). What is repeated is the very datagram: nothing is encrypted twice under one index
 * (RFC 3711 §9.1).
 */
export class SentHistory {
  readonly #sent: (Sent | undefined)[] = Array.from({ length: historyPackets });

  add(sequenceNumber: number, datagram: Buffer): void {
    this.#sent[sequenceNumber % historyPackets] = {
      sequenceNumber,
      datagram,
      resentAtMs: Number.NEGATIVE_INFINITY,
      timesResent: 0,
    };
  }

  /**
   * @param nowMs monotonic
   * @returns the datagram to send again; `undefined` where it is too old, or was repeated just now or too often
   */
  take(sequenceNumber: number, nowMs: number): Buffer | undefined {
    const sent = this.#sent[sequenceNumber % historyPackets];
    if (sent?.sequenceNumber !== sequenceNumber) return undefined;
    if (nowMs - sent.resentAtMs < minResendIntervalMs || sent.timesResent >= maxResends) return undefined;
    sent.resentAtMs = nowMs;
    sent.timesResent += 1;
    return sent.datagram;
  }
}
