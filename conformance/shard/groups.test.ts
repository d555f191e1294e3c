import { describe, expect, it } from 'vitest';
import { catalogue } from '../clauses/index.ts';
import type { Clause } from '../run/clause.ts';
import type { RunContext, Scenario } from '../run/context.ts';
import { workOf } from './groups.ts';

/** Thrown at the first thing that a clause does. */
class FirstStep extends Error {}

/** The scenario that a clause looks at, if it begins with one. */
async function scenarioOf(clause: Clause): Promise<string | undefined> {
  let name: string | undefined;
  const stop = () => {
    throw new FirstStep();
  };
  const untouchable = new Proxy({}, { get: stop });
  const pictures = ['pictures-1', 'pictures-2', 'pictures-3'];
  const configured = {
    snippet: 'a',
    defaults: 'b',
    options: 'c',
    urlSpelling: 'd',
    soundOnly: 'e',
    pictures,
  };
  const context = {
    target: {
      credentials: { user: 'user', password: 'pass' },
      configured,
      bars: {},
      url: 'http://127.0.0.1:1',
    },
    prefix: 'm2-',
    seed: 1,
    signal: AbortSignal.abort(),
    api: untouchable,
    leftovers: untouchable,
    bots: untouchable,
    pick: () => 0,
    use: (scenario: Scenario<unknown>) => {
      name = scenario.name;
      return stop();
    },
  };
  try {
    await clause.run(context as unknown as RunContext);
  } catch (error) {
    if (!(error instanceof FirstStep)) throw error;
  }
  return name;
}

describe('the groups of clauses', () => {
  it('keep together what shares a scenario', async () => {
    const keys = new Map<string, Map<string, string[]>>();
    for (const clause of catalogue) {
      const scenario = await scenarioOf(clause);
      if (scenario === undefined) continue;
      const byKey = keys.get(scenario) ?? new Map<string, string[]>();
      keys.set(scenario, byKey);
      const { key } = workOf(clause.id);
      byKey.set(key, [...(byKey.get(key) ?? []), clause.id]);
    }
    expect(keys.size).toBeGreaterThan(10);
    const torn = [...keys].filter(([, byKey]) => byKey.size > 1);
    const asked = torn.map(
      ([scenario, byKey]) =>
        `conformance/shard/groups.ts: one group for ${scenario}: ${[...byKey.values()].flat().join(', ')}`,
    );
    expect(asked).toEqual([]);
  });

  it('give every clause its work', () => {
    for (const { id } of catalogue) expect(workOf(id).seconds).toBeGreaterThan(0);
    expect(workOf('api.list-room')).toEqual({ key: 'api.list-room', seconds: 1 });
  });
});
