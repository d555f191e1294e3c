import { AsyncLocalStorage } from 'node:async_hooks';
import type { BotSession } from '../bots/bot-session.ts';
import type { HttpEvidence } from '../report.ts';

/** A call of the API. */
export interface WitnessedCall {
  readonly call: HttpEvidence;
  /** Of the monotonic clock. */
  readonly answeredMs: number;
}

const current = new AsyncLocalStorage<Witnessed>();

/**
 * What is said to the server while some work is done, whoever in it says it. Clauses need not carry it along: what
 * they call finds it by the work that it is a part of.
 */
export class Witnessed {
  readonly #sessions: BotSession[] = [];
  readonly #calls: WitnessedCall[] = [];
  readonly #parts = new Set<Witnessed>();

  /** That of the work which calls this; undefined outside of any. */
  static get current(): Witnessed | undefined {
    return current.getStore();
  }

  /** Does some work: whatever it starts belongs to it. */
  during<T>(work: () => Promise<T>): Promise<T> {
    return current.run(this, work);
  }

  addSession(session: BotSession): void {
    this.#sessions.push(session);
  }

  addCall(call: HttpEvidence): void {
    this.#calls.push({ call, answeredMs: performance.now() });
  }

  /** What was said in a piece of work whose result this one uses as well. */
  include(part: Witnessed): void {
    if (part !== this) this.#parts.add(part);
  }

  /** Bots, in the order in which they were asked for. */
  get sessions(): BotSession[] {
    return [...this.#all()].flatMap((one) => one.#sessions);
  }

  /** Calls of the API, in the order of their answers. */
  get calls(): WitnessedCall[] {
    return [...this.#all()].flatMap((one) => one.#calls);
  }

  /** This and all parts, each once. */
  #all(found = new Set<Witnessed>()): Set<Witnessed> {
    if (found.has(this)) return found;
    for (const part of this.#parts) part.#all(found);
    return found.add(this);
  }
}
