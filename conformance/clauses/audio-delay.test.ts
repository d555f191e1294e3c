import { describe, expect, it } from 'vitest';
import { outcomeOn } from '../run/testing.ts';
import { delayClauses } from './audio-delay.ts';

const inTime = { latenessP95Ms: 0, latenessMostMs: 0 };

/** One listener’s delays over four seconds, which grow by so much each second. */
function way(growthMs: number, more: object = {}) {
  const delays = Array.from({ length: 200 }, (_, n) => ({
    arrivalMs: 20 * n,
    delayMs: 40 + (growthMs * n) / 50,
  }));
  return { delays, isClear: true, longestWaitMs: 22, ...more };
}

const outcomeOf = (id: string, measured: object, bars?: object) =>
  outcomeOn(delayClauses, id, { ...inTime, valuesMs: [], ways: [], ...measured }, bars);

describe('the delay', () => {
  /** Ninety-four of a hundred packets are soon there. */
  const valuesMs = Array.from({ length: 100 }, (_, n) => (n < 94 ? 50 : 90));

  it.each([
    [90, 'pass'],
    [89, 'fail'],
  ])('of 95 of 100 packets is judged by a bar of %i ms: %s', async (delayP95Ms, verdict) => {
    expect(await outcomeOf('audio.delay', { valuesMs }, { delayP95Ms })).toMatchObject({ verdict });
  });

  it('is observed where nothing is promised, and an error where nobody was heard', async () => {
    expect(await outcomeOf('audio.delay', { valuesMs })).toMatchObject({ verdict: 'observed' });
    expect(await outcomeOf('audio.delay', {}, { delayP95Ms: 70 })).toMatchObject({ verdict: 'error' });
  });
});

describe('the growth of the delay', () => {
  const bars = { delayGrowthMsPerSecond: 3 };

  it.each([
    ['no listener', [way(0), way(0), way(0)], 'pass'],
    ['one of three listeners', [way(0), way(0), way(10)], 'pass'],
    ['two of three listeners', [way(0), way(10), way(10)], 'fail'],
    [
      'those only who heard little',
      [way(0), way(10, { isClear: false }), way(10, { isClear: false })],
      'pass',
    ],
  ])('is that of most who hear clearly: %s', async (_case, ways, verdict) => {
    expect(await outcomeOf('audio.delay.steady', { ways }, bars)).toMatchObject({ verdict });
  });

  it('is an error where nobody hears clearly, or bots were late', async () => {
    const unclear = { ways: [way(0, { isClear: false })] };
    expect(await outcomeOf('audio.delay.steady', unclear, bars)).toMatchObject({ verdict: 'error' });
    const growing = { ways: [way(10)] };
    const late = { ...growing, latenessP95Ms: 11 };
    expect(await outcomeOf('audio.delay.steady', late, bars)).toMatchObject({ verdict: 'error' });
    const once = { ...growing, latenessMostMs: 31 };
    expect(await outcomeOf('audio.delay.steady', once, bars)).toMatchObject({ verdict: 'error' });
  });
});

it.each([
  ['the longest of all listeners', [way(0), way(0, { longestWaitMs: 130 })], 'fail'],
  ['one at the bar', [way(0), way(0, { longestWaitMs: 100 })], 'pass'],
])('a pause between packets is %s: %#', async (_case, ways, verdict) => {
  expect(await outcomeOf('audio.stalls', { ways }, { stallMs: 100 })).toMatchObject({ verdict });
});
