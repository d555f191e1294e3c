import { describe, expect, it } from 'vitest';
import type { ToneLevel } from '../analysis/tone-levels.ts';
import {
  extreme,
  type HeardMatrix,
  heatMap,
  isAbsent,
  isSteadilyAbsent,
  isSteadilyHeard,
  otherLevels,
  ownLevels,
} from './heard-matrix.ts';

/** A level on the whole, and that of each segment. */
function levelOf(gainDb: number, segmentsDb: readonly number[] = [gainDb], name = 'alice'): ToneLevel {
  const [lowestDb, highestDb] = [Math.min(...segmentsDb), Math.max(...segmentsDb)];
  return { name, gainDb, segmentsDb, lowestDb, highestDb, tonesDb: [gainDb] };
}

/** Ten segments, so many of which are another one. */
const tenWith = (others: number, otherDb: number, gainDb: number) =>
  Array.from({ length: 10 }, (_, n) => (n < others ? otherDb : gainDb));

describe('a member that shall not be heard', () => {
  it.each([
    ['at -50 dB', levelOf(-50), true],
    ['a little louder', levelOf(-49.9), false],
    ['in three of ten half seconds, which a slip may do', levelOf(-60, tenWith(3, -20, -60)), true],
    ['in four of ten half seconds', levelOf(-60, tenWith(4, -20, -60)), false],
    ['with half seconds that are up to 15 dB louder', levelOf(-50, tenWith(10, -35, -35)), true],
    ['with half seconds that are more than that', levelOf(-50, tenWith(10, -34.9, -34.9)), false],
  ])('%s is absent: %#', (_case, level, absent) => {
    expect(isAbsent(level)).toBe(absent);
  });

  it('comes and goes by its half seconds, whatever it is on the whole', () => {
    expect(isSteadilyAbsent(levelOf(-20, tenWith(0, 0, -60)))).toBe(true);
    expect(isSteadilyAbsent(levelOf(-60, tenWith(5, -20, -60)))).toBe(false);
  });
});

describe('a member that shall be heard', () => {
  it.each([
    ['all the time', tenWith(0, 0, -12), true],
    ['up to 6 dB softer', tenWith(10, -18, -18), true],
    ['softer than that', tenWith(10, -18.1, -18.1), false],
    ['but in three of ten half seconds, which a slip may do', tenWith(3, -60, 0), true],
    ['but in four of ten half seconds', tenWith(4, -60, 0), false],
  ])('at -12 dB %s is steadily heard: %#', (_case, segmentsDb, heard) => {
    expect(isSteadilyHeard(levelOf(0, segmentsDb), -12)).toBe(heard);
  });
});

describe('a matrix', () => {
  const row = (...gainsDb: number[]) => gainsDb.map((db, i) => levelOf(db, [db], ['alice', 'bob'][i]));
  const matrix: HeardMatrix = {
    tracks: ['all', 'bob', 'alice'],
    members: ['alice', 'bob'],
    levels: [row(-1, -2), row(-3, -70), row(-60, -4)],
  };

  it('has the own levels of members, by the names of tracks', () => {
    expect(ownLevels(matrix).map(({ name, gainDb }) => [name, gainDb])).toEqual([
      ['alice', -60],
      ['bob', -70],
    ]);
  });

  it('has everybody else’s levels, with the track', () => {
    expect(otherLevels(matrix).map(({ track, name, gainDb }) => [track, name, gainDb])).toEqual([
      ['all', 'alice', -1],
      ['all', 'bob', -2],
      ['bob', 'alice', -3],
      ['alice', 'bob', -4],
    ]);
  });

  it('is shown with what is expected, and with its bars', () => {
    expect(heatMap('Heard', matrix, -20)).toMatchObject({
      rows: matrix.tracks,
      gainsDb: [
        [-1, -2],
        [-3, -70],
        [-60, -4],
      ],
      expected: [
        ['heard', 'heard'],
        ['heard', 'not-heard'],
        ['not-heard', 'heard'],
      ],
      limitsDb: { heardAtLeast: -20, notHeardAtMost: -50 },
    });
    expect(heatMap('Heard', matrix).limitsDb).toEqual({ heardAtLeast: -12, notHeardAtMost: -50 });
  });

  it('is judged by its quietest and its loudest', () => {
    const levels = [-3, -60, -1, -20].map((db) => ({ gainDb: db }));
    expect(extreme(levels, 'quietest').gainDb).toBe(-60);
    expect(extreme(levels, 'loudest').gainDb).toBe(-1);
  });
});
