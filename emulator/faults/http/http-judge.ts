import { drawsAt, seedOf } from '../draws.ts';
import type { RuleBook, RuleEntry } from '../rule-book.ts';
import type { HttpFault, HttpFaultRule } from '../types.ts';
import { type CallFacts, flowOf, matchesCall } from './call-facts.ts';

/** An answer instead of the right one. */
export interface FaultAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What happens before a call is made, or after it. */
export interface Effect {
  readonly delayMs: number;
  readonly ending?: 'drop' | FaultAnswer;
}

/** What becomes of one call. */
export interface Verdict {
  readonly before: Effect;
  readonly after: Effect;
  /** As in {@link HttpFault}. */
  readonly truncate?: number;
}

/** Flows of a rule that have numbers of their own; hostile callers can make up any number of names. */
const maxFlows = 10_000;

/** Decides which calls are hit, by the rules there are at the moment. */
export class HttpJudge {
  readonly #rules: RuleBook;
  readonly #seed: number;
  /** How many calls of each flow a rule was drawn for, by the flow's seed: names may be long. */
  readonly #drawn = new WeakMap<RuleEntry, Map<number, number>>();

  constructor(rules: RuleBook, seed: number) {
    this.#rules = rules;
    this.#seed = seed;
  }

  /** True where it is worth to look into bodies. */
  get asksForCommands(): boolean {
    return this.#rules.http.some(({ rule }) => rule.on.command !== undefined);
  }

  /**
   * @param facts with the command: by the rules on commands; without: by the others
   * @returns undefined where nothing happens
   */
  judge(facts: CallFacts): Verdict | undefined {
    const hasBody = facts.command !== undefined;
    let verdict: Verdict | undefined;
    for (const entry of this.#rules.http) {
      if ((entry.rule.on.command !== undefined) !== hasBody) continue;
      // Where a conversation follows, there is no answer to cut short.
      if (facts.isUpgrade && entry.rule.do.truncate !== undefined) continue;
      const draw = this.#hits(entry, facts);
      if (draw === undefined) continue;
      verdict = add(verdict, entry, draw());
      if (isEnded(entry.rule.do)) break;
    }
    return verdict;
  }

  /** @returns the numbers of this call, or `undefined` where the rule lets it alone */
  #hits(entry: RuleEntry<HttpFaultRule>, facts: CallFacts): (() => number) | undefined {
    const { on, after = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = entry.rule;
    if (!matchesCall(on, facts)) return undefined;
    entry.matched += 1;
    const draw = this.#draws(entry, facts);
    if (entry.matched <= after || entry.hits >= times || draw() >= probability) return undefined;
    entry.hits += 1;
    return draw;
  }

  #draws(entry: RuleEntry, facts: CallFacts): () => number {
    const drawn = this.#drawn.get(entry) ?? new Map<number, number>();
    this.#drawn.set(entry, drawn);
    const own = seedOf(this.#seed, entry.id, flowOf(facts));
    const seed = drawn.has(own) || drawn.size < maxFlows ? own : seedOf(this.#seed, entry.id);
    const index = drawn.get(seed) ?? 0;
    drawn.set(seed, index + 1);
    return drawsAt(seed, index);
  }
}

/** Lays one rule's fault over those of the rules before it: delays add up. */
function add(
  verdict: Verdict = { before: { delayMs: 0 }, after: { delayMs: 0 } },
  { id, rule }: RuleEntry<HttpFaultRule>,
  draw: number,
): Verdict {
  const { when = 'before', truncate } = rule.do;
  const ending = endingOf(id, rule.do);
  const effect: Effect = {
    delayMs: verdict[when].delayMs + delayOf(rule.do, draw),
    ...(ending && { ending }),
  };
  return { ...verdict, [when]: effect, ...(truncate !== undefined && { truncate }) };
}

function isEnded({ status, drop, truncate }: HttpFault): boolean {
  return status !== undefined || drop !== undefined || truncate !== undefined;
}

function delayOf({ delayMs = 0 }: HttpFault, draw: number): number {
  if (typeof delayMs === 'number') return delayMs;
  const [least, most] = delayMs;
  return least + draw * (most - least);
}

function endingOf(id: string, fault: HttpFault): Effect['ending'] {
  if (fault.drop !== undefined) return 'drop';
  const { status, headers = {}, body = { error: 'fault', detail: `A fault on purpose: ${id}.` } } = fault;
  if (status === undefined) return undefined;
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json';
  // What the rule says of the type of its body counts.
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    status,
    headers: { 'content-type': type, ...lower },
    body: isText ? body : `${JSON.stringify(body)}\n`,
  };
}
