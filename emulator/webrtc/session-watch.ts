import type { SessionEnd } from './types.ts';

/** How long things may take, and what to ask. Times are monotonic, in ms. */
export interface SessionWatchOptions {
  /** Not connected after so long: `never-connected`. */
  readonly connectTimeoutMs: number;
  /** No sign of life of a connected client for so long: `connection-lost`. */
  readonly lostTimeoutMs: number;
  /** No media of a connected publisher for so long: `silent`; missing for players. */
  readonly silenceTimeoutMs?: number;
  connectedAtMs(): number | undefined;
  lastHeardMs(): number | undefined;
  lastMediaMs?(): number | undefined;
  onEnd(reason: SessionEnd): void;
}

/**
 * Gives a session up when its client is gone. One timer, set to the next moment at which something can be
 * wrong and moved on from there, so that packets cost nothing. It does not keep the process alive.
 */
export class SessionWatch {
  readonly #options: SessionWatchOptions;
  readonly #startedMs = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SessionWatchOptions) {
    this.#options = options;
  }

  /** Looks at once and sets the timer anew: to begin with, and when the session connects. */
  check(): void {
    this.stop();
    const now = performance.now();
    const { reason, deadlineMs } = this.#next();
    if (now >= deadlineMs) {
      this.#options.onEnd(reason);
      return;
    }
    this.#timer = setTimeout(() => this.check(), Math.ceil(deadlineMs - now));
    this.#timer.unref();
  }

  /** Idempotent. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #next(): { reason: SessionEnd; deadlineMs: number } {
    const { connectTimeoutMs, lostTimeoutMs, silenceTimeoutMs } = this.#options;
    const connectedAtMs = this.#options.connectedAtMs();
    if (connectedAtMs === undefined) {
      return { reason: 'never-connected', deadlineMs: this.#startedMs + connectTimeoutMs };
    }
    const heardMs = this.#options.lastHeardMs() ?? connectedAtMs;
    const lostAtMs = heardMs + lostTimeoutMs;
    if (silenceTimeoutMs === undefined) return { reason: 'connection-lost', deadlineMs: lostAtMs };
    const silentAtMs = (this.#options.lastMediaMs?.() ?? connectedAtMs) + silenceTimeoutMs;
    // A publisher that fell silent because it is gone altogether is lost, whichever limit is met first.
    const gone = performance.now() - heardMs >= Math.min(silenceTimeoutMs, lostTimeoutMs);
    const reason = gone || lostAtMs < silentAtMs ? 'connection-lost' : 'silent';
    return { reason, deadlineMs: Math.min(lostAtMs, silentAtMs) };
  }
}
