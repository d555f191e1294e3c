import type { Clause } from '../run/clause.ts';
import type { RunContext, Scenario } from '../run/context.ts';

/** What is given to a machine as a whole. */
export interface Work {
  /** The same for clauses that look at one scenario, which is played once in a run: on two machines, twice. */
  readonly key: string;
  /** How long it takes against an emulator on a small machine, about. */
  readonly seconds: number;
}

/** By the names of scenarios; they decide only how even the shards are. */
const secondsOfScenarios: Readonly<Record<string, number>> = {
  'the documented calls on a room': 1,
  speech: 10,
  'loud-speech': 8,
  'join, mute, leave and return': 14,
  'delay from mouth to mix': 10,
  'a grid that grows': 13,
  'members of mixed shapes': 15,
  'pictures that come and go': 14,
};
const scenarioSeconds = 4;
/** A clause without a scenario makes a few calls, or a room of its own. */
const loneSeconds = 1;

/** The work that a clause needs. */
export async function workOf(clause: Clause): Promise<Work> {
  const scenario = await scenarioOf(clause);
  if (scenario === undefined) return { key: clause.id, seconds: loneSeconds };
  return { key: `scenario: ${scenario}`, seconds: secondsOfScenarios[scenario] ?? scenarioSeconds };
}

/** Ends a clause at its first step. */
class FirstStep extends Error {}

/**
 * The scenario that a clause begins with. The clause itself is asked, with a context in which every step is refused:
 * so no list has to be kept beside the clauses. A clause does nothing but through its context.
 */
async function scenarioOf(clause: Clause): Promise<string | undefined> {
  let name: string | undefined;
  const refuse = (): never => {
    throw new FirstStep();
  };
  const refused = new Proxy({}, { get: refuse });
  const pictures = Array.from({ length: 9 }, (_, index) => `pictures-${index + 1}`);
  const configured = { snippet: '', defaults: '', options: '', urlSpelling: '', soundOnly: '', pictures };
  const context = {
    // A target with all that a clause could need, so that none says it does not apply.
    target: { name: '', url: '', credentials: { user: 'user', password: 'pass' }, configured, bars: {} },
    prefix: '',
    seed: 0,
    signal: AbortSignal.abort(),
    pick: () => 0,
    api: refused,
    leftovers: refused,
    get bots() {
      return refuse();
    },
    use(scenario: Scenario<unknown>) {
      name = scenario.name;
      return refuse();
    },
  };
  // However it ends: what it asked for first is all that counts.
  await (async () => clause.run(context as unknown as RunContext))().catch(() => {});
  return name;
}
