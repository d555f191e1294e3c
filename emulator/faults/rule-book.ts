import { readRule } from './read-rule.ts';
import {
  type FaultRule,
  FaultRuleError,
  type FaultRuleState,
  type HttpFaultRule,
  type PacketFaultRule,
} from './types.ts';

const maxRules = 1000;

/** A rule in force, and what it did so far. */
export interface RuleEntry<Rule extends FaultRule = FaultRule> {
  readonly id: string;
  readonly rule: Rule;
  matched: number;
  hits: number;
}

/** The rules in force, in order. */
export class RuleBook {
  readonly #entries = new Map<string, RuleEntry>();
  /** Of rules without an id of their own. */
  #unnamed = 0;
  #version = 0;
  #http: readonly RuleEntry<HttpFaultRule>[] = [];
  #packets: readonly RuleEntry<PacketFaultRule>[] = [];

  /** Another number after every change. */
  get version(): number {
    return this.#version;
  }

  get http(): readonly RuleEntry<HttpFaultRule>[] {
    return this.#http;
  }

  get packets(): readonly RuleEntry<PacketFaultRule>[] {
    return this.#packets;
  }

  /** @throws FaultRuleError */
  add(json: unknown): string {
    const rule = readRule(json);
    const id = rule.id ?? this.#nextId();
    if (this.#entries.has(id)) throw new FaultRuleError([`id: there is a rule ${id} already`]);
    if (this.#entries.size >= maxRules) {
      throw new FaultRuleError([`there are ${maxRules} rules already: remove some first`]);
    }
    this.#entries.set(id, { id, rule, matched: 0, hits: 0 });
    this.#changed();
    return id;
  }

  remove(id: string): boolean {
    const had = this.#entries.delete(id);
    this.#changed();
    return had;
  }

  clear(): void {
    this.#entries.clear();
    this.#changed();
  }

  states(): readonly FaultRuleState[] {
    return [...this.#entries.values()].map((entry) => ({ ...entry }));
  }

  state(id: string): FaultRuleState | undefined {
    const entry = this.#entries.get(id);
    return entry && { ...entry };
  }

  #nextId(): string {
    do this.#unnamed += 1;
    while (this.#entries.has(`rule-${this.#unnamed}`));
    return `rule-${this.#unnamed}`;
  }

  #changed(): void {
    this.#version += 1;
    const entries = [...this.#entries.values()];
    this.#packets = entries.filter(isPacketEntry);
    this.#http = entries.filter((entry) => !isPacketEntry(entry)) as RuleEntry<HttpFaultRule>[];
  }
}

function isPacketEntry(entry: RuleEntry): entry is RuleEntry<PacketFaultRule> {
  return 'direction' in entry.rule.on;
}
