import { BotHost } from '../bots/bot-host.ts';
import { ApiClient } from '../http/api-client.ts';
import type { Target } from '../targets/target.ts';
import { Leftovers } from './leftovers.ts';

/** A piece of work whose result several clauses look at; it is done once in a run, when first needed. */
export interface Scenario<T> {
  readonly name: string;
  play(context: RunContext): Promise<T>;
}

/** What clauses work with. */
export class RunContext {
  readonly target: Target;
  readonly seed: number;
  /** Stands before every name the run makes on the server, so that nothing of others is touched. */
  readonly prefix: string;
  readonly api: ApiClient;
  /** What the run has made on the server and has to remove at the end. */
  readonly leftovers: Leftovers;
  readonly #played = new Map<Scenario<unknown>, Promise<unknown>>();
  #bots: BotHost | undefined;

  constructor(target: Target, seed: number) {
    this.target = target;
    this.seed = seed;
    this.prefix = `m2-${Math.floor(Math.random() * 36 ** 5).toString(36)}-`;
    this.api = new ApiClient(target);
    this.leftovers = new Leftovers(this.api);
  }

  /**
   * Which of several signatures the member of that number gets: all different, and others for another seed,
   * so that no server passes because of what one voice happens to be.
   */
  pick(member: number, signatures: number): number {
    return (member + this.seed) % signatures;
  }

  /** Bots are started when the first clause needs them. */
  get bots(): BotHost {
    this.#bots ??= new BotHost(this.target.insecure);
    return this.#bots;
  }

  /** The result of a scenario, which is played once however many clauses use it. */
  use<T>(scenario: Scenario<T>): Promise<T> {
    const played = this.#played.get(scenario);
    if (played !== undefined) return played as Promise<T>;
    const playing = scenario.play(this);
    this.#played.set(scenario, playing);
    return playing;
  }

  /** Removes what the run has made, and ends the bots. Idempotent. */
  async close(): Promise<void> {
    await this.leftovers.remove();
    await this.#bots?.close();
    this.#bots = undefined;
  }
}
