import type { BotAccount } from './process/messages.ts';

/** A bot that was asked for, as those see it who write down what became of it. */
export class BotSession {
  readonly role: 'publish' | 'play';
  /** Of WHIP or WHEP, whatever the signalling. */
  readonly url: string;
  #failed = false;
  #last: BotAccount | undefined;
  #ask: (() => Promise<BotAccount>) | undefined;

  constructor(role: 'publish' | 'play', url: string) {
    this.role = role;
    this.url = url;
  }

  /** True: it did not come about. */
  get failed(): boolean {
    return this.#failed;
  }

  /** @param ask what was said and sent until then */
  started(ask: () => Promise<BotAccount>): void {
    this.#ask = ask;
  }

  /** It is over, or did not come about; what was said until then is the last word. */
  ended(account: BotAccount | undefined, failed = false): void {
    this.#failed ||= failed;
    this.#last ??= account;
    this.#ask = undefined;
  }

  /** What was said and sent until now; undefined where that is not known, for the bot is gone without a word. */
  async account(): Promise<BotAccount | undefined> {
    return this.#ask === undefined ? this.#last : this.#ask().catch(() => this.#last);
  }
}
