import { describe, expect, it } from 'vitest';
import type { ToneLevel } from '../analysis/tone-levels.ts';
import { outcomeOn } from '../run/testing.ts';
import { toneClauses } from './audio-tones.ts';

const members = ['alice', 'bob'];
const tracks = ['all', ...members];

/** Everybody is heard as loud as sent but in the own track; one level is another, on the whole or in most half seconds. */
function room(track?: string, name?: string, gainDb = 0, segmentDb = gainDb) {
  const levels = tracks.map((row) =>
    members.map((column): ToneLevel => {
      const usual = row === column ? -70 : 0;
      const [whole, segment] = row === track && column === name ? [gainDb, segmentDb] : [usual, usual];
      const segmentsDb = [whole, whole, segment, segment];
      const [lowestDb, highestDb] = [Math.min(...segmentsDb), Math.max(...segmentsDb)];
      return { name: column, gainDb: whole, segmentsDb, lowestDb, highestDb, tonesDb: [whole] };
    }),
  );
  return {
    matrix: { tracks, members, levels },
    sound: { type: 'sound', title: '', sounds: [] },
    latenessMs: 0,
  };
}

const verdictOf = async (id: string, measured: object, bars?: object) =>
  (await outcomeOn(toneClauses, id, measured, bars)).verdict;

describe.each(['quiet', 'loud'])('nobody hears itself, %s tones', (how) => {
  const id = `audio.minus-self.${how}-tones`;

  it.each([
    ['the own tone is absent', room(), 'pass'],
    ['it is at the bar', room('bob', 'bob', -50), 'pass'],
    ['it is a little louder in one track', room('bob', 'bob', -49.9), 'fail'],
    ['it comes and goes', room('alice', 'alice', -60, -20), 'fail'],
    ['somebody else is missing', room('alice', 'bob', -70), 'pass'],
    ['somebody is missing in all', room('all', 'bob', -70), 'pass'],
  ])('where %s: %#', async (_case, measured, verdict) => {
    expect(await verdictOf(id, measured)).toBe(verdict);
  });
});

describe.each([
  ['quiet', -12],
  ['loud', -20],
])('everybody else is heard, %s tones', (how, leastDb) => {
  const others = `audio.others.${how}-tones`;
  const everybody = how === 'loud' ? 'audio.all.everybody-loud' : 'audio.all.everybody';

  it.each([
    ['all are heard', room(), 'pass', 'pass'],
    ['one is as soft as it may be for another', room('alice', 'bob', leastDb), 'pass', 'pass'],
    ['one is softer for another', room('alice', 'bob', leastDb - 0.1), 'fail', 'pass'],
    ['one is softer in all', room('all', 'bob', leastDb - 0.1), 'pass', 'fail'],
    ['one comes and goes for another', room('alice', 'bob', 0, -60), 'fail', 'pass'],
    ['one comes and goes in all', room('all', 'bob', 0, -60), 'pass', 'fail'],
    ['one hears itself', room('bob', 'bob', 0), 'pass', 'pass'],
  ])('where %s: %#', async (_case, measured, ofOthers, ofEverybody) => {
    expect(await verdictOf(others, measured)).toBe(ofOthers);
    expect(await verdictOf(everybody, measured)).toBe(ofEverybody);
  });
});

it('holds nothing against a server that bots were too late for', async () => {
  const late = { ...room('alice', 'bob', -70), latenessMs: 60 };
  expect(await verdictOf('audio.others.quiet-tones', late)).toBe('error');
  expect(await verdictOf('audio.all.everybody', late)).toBe('pass');
});

describe('the level of quiet members', () => {
  it.each([
    ['as sent', room(), 'pass'],
    ['a little softer', room('all', 'bob', -1), 'pass'],
    ['too soft', room('all', 'bob', -1.1), 'fail'],
    ['too loud', room('all', 'bob', 1.1), 'fail'],
  ])('is judged by what a target promises: %s', async (_case, measured, verdict) => {
    expect(await verdictOf('audio.level.unit-gain', measured, { levelDb: 1 })).toBe(verdict);
    expect(await verdictOf('audio.level.unit-gain', measured)).toBe('observed');
  });
});
