import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { LiveFaults } from '../live/live-services.ts';
import { quote } from '../rooms/room-error.ts';
import type { FaultTargets } from './fault-targets.ts';
import { literalGlob } from './glob.ts';
import { addHttpFaults } from './http/http-faults.ts';
import { HttpJudge } from './http/http-judge.ts';
import { UpgradeFaults } from './http/upgrades.ts';
import { Waits } from './http/waits.ts';
import { SessionLines } from './packets/session-lines.ts';
import { readFaultOptions } from './read-file.ts';
import { RuleBook } from './rule-book.ts';
import type { FaultOptions, FaultRule, FaultRuleState, Faults, PublisherCut } from './types.ts';

/** The faults of one emulator: rules, acts, and the places where they take hold. */
export class FaultDesk implements Faults {
  readonly seed: number;
  readonly #targets: FaultTargets;
  readonly #rules = new RuleBook();
  readonly #waits = new Waits();
  readonly #judge: HttpJudge;
  readonly #upgrades: UpgradeFaults;
  readonly #lines: SessionLines;

  /** @throws FaultRuleError */
  constructor(options: FaultOptions, targets: FaultTargets) {
    const { seed = 1, rules = [] } = readFaultOptions(options);
    this.seed = seed;
    this.#targets = targets;
    for (const rule of rules) this.#rules.add(rule);
    this.#judge = new HttpJudge(this.#rules, seed);
    this.#upgrades = new UpgradeFaults(this.#httpOptions);
    this.#lines = new SessionLines(this.#rules, seed, targets);
  }

  /** What lies between clients and their sessions. */
  get live(): LiveFaults {
    return this.#lines;
  }

  /** @param app without routes yet */
  extendHttp(app: FastifyInstance): void {
    addHttpFaults(app, this.#httpOptions);
  }

  /** Takes hold of the WebSockets of a server. */
  serve(server: Server): void {
    this.#upgrades.serve(server);
  }

  add(rule: FaultRule): string {
    return this.#rules.add(rule);
  }

  remove(id: string): boolean {
    return this.#rules.remove(id);
  }

  clear(): void {
    this.#rules.clear();
  }

  rules(): readonly FaultRuleState[] {
    return this.#rules.states();
  }

  hits(id: string): number {
    const state = this.#rules.state(id);
    if (state === undefined) throw new RangeError(`There is no rule ${quote(id)}.`);
    return state.hits;
  }

  cutPublisher(stream: string, how: PublisherCut = 'vanish'): void {
    const done = how === 'close' ? this.#targets.closePublisher(stream) : this.#lines.cutPublisher(stream);
    if (!done) throw new RangeError(`Nobody publishes ${quote(stream)}.`);
  }

  killRoom(room: string, status?: number): string | undefined {
    if (!this.#targets.hasRoom(room)) throw new RangeError(`There is no room ${quote(room)}.`);
    const on = { room: literalGlob(room) };
    const id = status === undefined ? undefined : this.add({ on, do: { status } });
    this.#upgrades.close(on.room);
    this.#targets.removeRoom(room);
    return id;
  }

  closeWebSockets(name = '*'): number {
    return this.#upgrades.close(name);
  }

  /** Calls that wait go on, late packets are lost. Idempotent. */
  close(): void {
    this.#waits.close();
    this.#lines.close();
  }

  get #httpOptions() {
    return { judge: this.#judge, waits: this.#waits, server: this.#targets.server };
  }
}
