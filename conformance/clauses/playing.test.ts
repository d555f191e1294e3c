import { describe, expect, it } from 'vitest';
import { outcomeOn } from '../run/testing.ts';
import { playingClauses } from './playing.ts';

const levels = (aliceDb: number, bobDb: number) => [
  { name: 'alice', gainDb: aliceDb },
  { name: 'bob', gainDb: bobDb },
];

/** Packets of that many samples each, of which some were lost, over the end of both numbers. */
const packetsOf = (steps: readonly number[], lost: readonly number[] = [], ssrcs: readonly number[] = []) => {
  let timestamp = 2 ** 32 - 2000;
  return steps
    .map((step, n) => {
      timestamp = (timestamp + step) % 2 ** 32;
      return { sequenceNumber: (65_533 + n) & 0xffff, timestamp, ssrc: ssrcs[n] ?? 1 };
    })
    .filter((_, n) => !lost.includes(n));
};

const usual = Array<number>(10).fill(960);
const select = { accepted: true, answer: 'PUT 200' };
const asItShould = {
  ...{ byDefault: levels(0, 0), afterSelect: levels(-70, 0), afterSelectAll: levels(0, 0), select },
  ...{ whole: { packets: packetsOf(usual), lostPackets: 0 }, sessionId: 'id', latenessMs: 0 },
};

const verdictOf = async (id: string, change: object) =>
  (await outcomeOn(playingClauses, id, { ...asItShould, ...change })).verdict;

describe('an audience', () => {
  it.each([
    ['hears everybody', {}, 'pass'],
    ['hears one too softly', { byDefault: levels(0, -13) }, 'fail'],
    ['hears one too softly, from late bots', { byDefault: levels(0, -13), latenessMs: 90 }, 'error'],
  ])('%s: %#', async (_case, change, verdict) => {
    expect(await verdictOf('play.all-by-default', change)).toBe(verdict);
  });

  it.each([
    ['has an id', 'id', 'pass'],
    ['has none', undefined, 'fail'],
    ['has an empty one', '', 'fail'],
  ])('%s: %#', async (_case, sessionId, verdict) => {
    expect(await verdictOf('play.session-id', { sessionId })).toBe(verdict);
  });
});

describe('a change of track', () => {
  it.each([
    ['is carried out', {}, 'pass'],
    ['is not', { afterSelect: levels(0, 0) }, 'fail'],
    ['is not, and bots were late', { afterSelect: levels(0, 0), latenessMs: 90 }, 'fail'],
    ['leads to silence', { afterSelect: levels(-70, -70) }, 'fail'],
    ['leads to silence of late bots', { afterSelect: levels(-70, -70), latenessMs: 90 }, 'error'],
    ['is not undone', { afterSelectAll: levels(-70, 0) }, 'fail'],
    ['is refused', { select: { accepted: false, answer: 'PUT 404' } }, 'fail'],
    ['is refused, and bots were late', { select: { accepted: false, answer: '' }, latenessMs: 90 }, 'fail'],
  ])('%s: %#', async (_case, change, verdict) => {
    expect(await verdictOf('play.change-tracks', change)).toBe(verdict);
  });
});

describe('a stream whose track is changed', () => {
  it.each([
    ['counts on', packetsOf(usual), 'pass'],
    ['counts on, without what the network lost', packetsOf(usual, [4, 5]), 'pass'],
    ['leaves out a packet by its timestamps', packetsOf([...usual, 1920, ...usual]), 'fail'],
    ['goes back', packetsOf([...usual, -960, ...usual]), 'fail'],
    ['is another one then', packetsOf(usual, [], [1, 1, 1, 1, 1, 2, 2, 2, 2, 2]), 'fail'],
  ])('%s: %#', async (_case, packets, verdict) => {
    expect(await verdictOf('play.change-tracks.continuous', { whole: { packets, lostPackets: 0 } })).toBe(
      verdict,
    );
  });
});
