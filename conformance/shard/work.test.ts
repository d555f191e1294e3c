import { describe, expect, it } from 'vitest';
import { catalogue } from '../clauses/index.ts';
import type { Scenario } from '../run/context.ts';
import { clauseOf } from '../run/testing.ts';
import { workOf } from './work.ts';

const scenario: Scenario<number> = { name: 'a room', play: () => Promise.reject(new Error('it is played')) };

describe('workOf', () => {
  it('is one for clauses that look at one scenario', async () => {
    const one = clauseOf('a', async (context) => ({
      verdict: 'pass',
      actual: String(await context.use(scenario)),
    }));
    const other = clauseOf('b', (context) => context.use(scenario).then(() => ({ verdict: 'pass' })));
    expect((await workOf(one)).key).toBe((await workOf(other)).key);
    expect((await workOf(one)).key).not.toBe((await workOf(clauseOf('c'))).key);
  });

  it('is its own for a clause without a scenario, whatever it does', async () => {
    const throwing = clauseOf('b', () => {
      throw new Error('at once');
    });
    const calling = clauseOf('c', async (context) => {
      await context.api.manager('list_room', []);
      await context.use(scenario);
      return { verdict: 'pass' };
    });
    const keys = await Promise.all(
      [clauseOf('a'), throwing, calling].map(async (clause) => (await workOf(clause)).key),
    );
    expect(keys).toEqual(['a', 'b', 'c']);
  });

  it('is found for the whole catalogue without doing any of it', async () => {
    const startedMs = performance.now();
    const works = await Promise.all(catalogue.map((clause) => workOf(clause)));
    expect(performance.now() - startedMs).toBeLessThan(1000);
    const keyOf = (id: string) => works[catalogue.findIndex((clause) => clause.id === id)]!.key;
    expect(keyOf('audio.minus-self.quiet-speech')).toBe(keyOf('audio.others.quiet-speech'));
    expect(keyOf('audio.minus-self.quiet-speech')).not.toBe(keyOf('audio.minus-self.loud-speech'));
    expect(keyOf('audio.join.heard')).toBe(keyOf('audio.gaps'));
    expect(keyOf('api.list-room')).toBe('api.list-room');
  });
});
