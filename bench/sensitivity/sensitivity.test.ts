import { describe, expect, it } from 'vitest';
import { runSensitivity } from './run.ts';
import { alwaysFoundFromDb, type SensitivityRow, sensitivityTable } from './table.ts';
import { Trial } from './trial.ts';

describe('a trial', () => {
  it('finds a loud leak and none where there is none', () => {
    const trial = new Trial({ members: 3, bitrateKbps: 64, loss: 0, seed: 1 });
    expect([-30, -60, Number.NEGATIVE_INFINITY].map((leakDb) => trial.findsLeak(leakDb))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('runSensitivity', () => {
  it('counts what is found, the same each time', () => {
    const options = { members: [2], bitratesKbps: [64], losses: [0], leaksDb: [-20, -70], trials: 2 };
    const rows = [...runSensitivity(options)];
    expect(rows).toEqual([
      {
        members: 2,
        bitrateKbps: 64,
        loss: 0,
        trials: 2,
        falseAlarms: 0,
        found: [
          { leakDb: -20, times: 2 },
          { leakDb: -70, times: 0 },
        ],
      },
    ]);
    expect([...runSensitivity(options)]).toEqual(rows);
  });
});

describe('sensitivityTable', () => {
  const row: SensitivityRow = {
    members: 3,
    bitrateKbps: 64,
    loss: 0.05,
    trials: 10,
    falseAlarms: 1,
    found: [
      { leakDb: -20, times: 10 },
      { leakDb: -30, times: 10 },
      { leakDb: -40, times: 9 },
    ],
  };

  it('has a line for each kind of room', () => {
    expect(sensitivityTable([row]).split('\n').at(-1)).toBe(
      '| 3 | 64 | 5 % | 10/10 | 10/10 | 9/10 | 1/10 | -30 dB |',
    );
  });

  it('knows from where on all are found', () => {
    expect(alwaysFoundFromDb(row)).toBe(-30);
    expect(alwaysFoundFromDb({ ...row, found: row.found.slice(0, 2) })).toBe(-30);
    expect(alwaysFoundFromDb({ ...row, found: row.found.slice(2) })).toBeUndefined();
  });
});
