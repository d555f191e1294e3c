import { LocalEnd } from './local-end.ts';
import { planPlayAnswer } from './play-offer-answer.ts';
import { offeredLines } from './play-offer-lines.ts';
import { type PlaySessionOptions, SendingSession } from './play-session.ts';
import { readAnswer } from './sdp-checks.ts';
import { defaultConnectTimeoutMs } from './session.ts';
import type { PlayOffer, SessionEnd } from './types.ts';

/**
 * Offers one sendonly Opus line and, where wanted, one of H.264 to a viewer. Without picture there is no video
 * line at all: nothing then shows in the viewer's page that never gets a frame.
 *
 * @throws Error where no port is free, TypeError for announced addresses that are none
 */
export async function createPlayOffer(options: Omit<PlaySessionOptions, 'audio'>): Promise<PlayOffer> {
  return new PendingOffer(await LocalEnd.open(options, []), options);
}

/** An offer that waits for its answer. Made by `createPlayOffer`. */
class PendingOffer implements PlayOffer {
  readonly id: string;
  readonly sdp: string;
  readonly ended: Promise<SessionEnd>;
  readonly #local: LocalEnd;
  readonly #options: Omit<PlaySessionOptions, 'audio'>;
  readonly #lines: ReturnType<typeof offeredLines>;
  readonly #timer: NodeJS.Timeout;
  #session: SendingSession | undefined;
  #closed = false;
  #resolveEnded: (reason: SessionEnd) => void = () => {};

  constructor(local: LocalEnd, options: Omit<PlaySessionOptions, 'audio'>) {
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#local = local;
    this.#options = options;
    this.#lines = offeredLines(options.video);
    this.id = local.id;
    const bundle = this.#lines.flatMap(({ media }) => media.mid ?? []);
    this.sdp = local.describe({ lines: this.#lines, bundle }, 'actpass');
    const timeoutMs = options.connectTimeoutMs ?? defaultConnectTimeoutMs;
    this.#timer = setTimeout(() => void this.close('never-connected'), timeoutMs);
    this.#timer.unref();
  }

  accept(answerSdp: string): SendingSession {
    if (this.#closed || this.#session !== undefined) {
      throw new Error('the offer is closed, or was answered before');
    }
    const plan = planPlayAnswer(readAnswer(answerSdp), this.#lines);
    const parts = { plan, local: this.#local, options: this.#options, offered: this.sdp };
    const session = new SendingSession(parts);
    this.#session = session;
    clearTimeout(this.#timer);
    void session.ended.then((reason) => this.#resolveEnded(reason));
    return session;
  }

  async close(reason: SessionEnd): Promise<void> {
    if (this.#session !== undefined) {
      await this.#session.close(reason);
      return;
    }
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#resolveEnded(reason);
    await this.#local.close();
  }
}
