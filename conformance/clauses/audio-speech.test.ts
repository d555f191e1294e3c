import { describe, expect, it } from 'vitest';
import type { SourceLevel } from '../analysis/joint-projection.ts';
import { outcomeOn } from '../run/testing.ts';
import { speechClauses } from './audio-speech.ts';

const members = ['alice', 'bob'];
const tracks = ['all', ...members];
const limits = { notHeardDb: -30, maxFloorDb: -30 };

type Change = Partial<Pick<SourceLevel, 'gainDb' | 'isClear' | 'floorDb'>>;

/** Voices as they are heard in a room that is sound; those of one track are changed. */
function levelsWith(track?: string, name?: string, change: Change = {}): SourceLevel[][] {
  return tracks.map((row) =>
    members.map((column) => {
      const own = row === column;
      const usual = { name: column, gainDb: own ? -45 : 0, isClear: !own, floorDb: -45, lagSamples: 0 };
      return row === track && column === name ? { ...usual, ...change } : usual;
    }),
  );
}

function room(levels: SourceLevel[][], more: object = {}) {
  const sound = { type: 'sound', title: '', sounds: [] };
  return {
    limits,
    tracks,
    members,
    levels,
    besides: tracks.map(() => []),
    byHalf: [],
    sound,
    latenessMs: 0,
    attempts: 1,
    ...more,
  };
}

const verdictsOf = (measured: object) =>
  Promise.all(
    ['minus-self', 'others'].map(
      async (kind) => (await outcomeOn(speechClauses, `audio.${kind}.quiet-speech`, measured)).verdict,
    ),
  );

describe('voices in a room', () => {
  it.each([
    ['all is as it should be', levelsWith(), ['pass', 'pass']],
    ['somebody hears itself', levelsWith('bob', 'bob', { gainDb: -25, isClear: true }), ['fail', 'pass']],
    ['chance alone shows as much', levelsWith('bob', 'bob', { gainDb: -25 }), ['pass', 'pass']],
    [
      'an own voice is softer than can be told',
      levelsWith('bob', 'bob', { gainDb: -31, isClear: true }),
      ['pass', 'pass'],
    ],
    ['another is missing', levelsWith('bob', 'alice', { gainDb: -40, isClear: false }), ['pass', 'fail']],
    [
      'another is found by chance only',
      levelsWith('bob', 'alice', { gainDb: -3, isClear: false }),
      ['pass', 'fail'],
    ],
    ['another is too soft', levelsWith('all', 'alice', { gainDb: -12.1 }), ['pass', 'fail']],
    ['another is as soft as it may be', levelsWith('all', 'alice', { gainDb: -12 }), ['pass', 'pass']],
  ])('where %s', async (_case, levels, verdicts) => {
    expect(await verdictsOf(room(levels))).toEqual(verdicts);
  });

  it('are not judged by recordings in which they would not be found', async () => {
    const slipped = room(levelsWith('all', 'bob', { floorDb: -29 }), { attempts: 3 });
    expect(await verdictsOf(slipped)).toEqual(['error', 'error']);
  });

  it('are missed where bots were late; who hears itself does so on any machine', async () => {
    const late = { latenessMs: 60 };
    const leak = levelsWith('bob', 'bob', { gainDb: -25, isClear: true });
    const missing = levelsWith('bob', 'alice', { gainDb: -40, isClear: false });
    expect(await verdictsOf(room(leak, late))).toEqual(['fail', 'pass']);
    expect(await verdictsOf(room(missing, late))).toEqual(['pass', 'error']);
  });

  it('are heard in a half with a slip, where they shall not be; who is not found there may be there', async () => {
    const byHalf = (change: Change) =>
      room(levelsWith(), { besides: levelsWith('bob', 'bob', change), byHalf: ['bob'] });
    expect(await verdictsOf(byHalf({ gainDb: -10, isClear: true }))).toEqual(['fail', 'pass']);
    expect(await verdictsOf(byHalf({ gainDb: -10 }))).toEqual(['pass', 'pass']);
    const missing = levelsWith('bob', 'alice', { gainDb: -60, isClear: false });
    expect(await verdictsOf(room(levelsWith(), { besides: missing, byHalf: ['bob'] }))).toEqual([
      'pass',
      'pass',
    ]);
  });
});

it('tells how often it was recorded, and by which half it was measured', async () => {
  const measured = room(levelsWith(), { attempts: 2, byHalf: ['all', 'bob'] });
  const { actual } = await outcomeOn(speechClauses, 'audio.others.quiet-speech', measured);
  expect(actual).toContain('; recorded 2 times, since recordings before had slips');
  expect(actual).toContain('; by the half without a slip in the tracks all, bob');
});
