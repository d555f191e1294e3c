const frameClockHz = 48000n;

/** The machine's monotonic clock, in ns; the same in every process. */
export function nowNs(): bigint {
  return process.hrtime.bigint();
}

/**
 * Sends a clip over and over, each packet when its last sample would have been spoken. Late timers are made
 * up for, so that on average it never drifts.
 */
export class Pacer {
  /** When the clip's first sample was spoken. */
  readonly firstSampleNs = nowNs();
  readonly #frameNs: bigint;
  readonly #send: (frame: number, lateMs: number) => void;
  #frame = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param send sends frame n, counted from 0 without end; it is late by so much because this process is */
  constructor(samplesAt48k: number, send: (frame: number, lateMs: number) => void) {
    this.#frameNs = (BigInt(samplesAt48k) * 1_000_000_000n) / frameClockHz;
    this.#send = send;
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    const waitNs = this.#dueNs() - nowNs();
    this.#timer = setTimeout(() => this.#run(), Math.max(0, Number(waitNs) / 1e6));
  }

  #run(): void {
    while (this.#dueNs() <= nowNs()) {
      this.#send(this.#frame, Number(nowNs() - this.#dueNs()) / 1e6);
      this.#frame += 1;
    }
    this.#schedule();
  }

  #dueNs(): bigint {
    return this.firstSampleNs + BigInt(this.#frame + 1) * this.#frameNs;
  }
}
