import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sensitivityPage } from './page.ts';
import { publishedTrials, sensitivityPlan } from './plan.ts';
import { rowJobs, tryRoom } from './run.ts';
import { alwaysFoundFromDb, readSensitivityTable, type SensitivityRow, sensitivityTable } from './table.ts';
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

describe('tryRoom', () => {
  it('counts what is found, the same each time', () => {
    const job = { members: 2, bitrateKbps: 64, loss: 0, leaksDb: [-20, -70], trials: 2 };
    const row = tryRoom(job);
    expect(row).toEqual({
      members: 2,
      bitrateKbps: 64,
      loss: 0,
      trials: 2,
      falseAlarms: 0,
      found: [
        { leakDb: -20, times: 2 },
        { leakDb: -70, times: 0 },
      ],
    });
    expect(tryRoom(job)).toEqual(row);
  });

  it('has a tone for each of ten members', () => {
    const job = { members: 10, bitrateKbps: 64, loss: 0, leaksDb: [-20], trials: 1 };
    expect(tryRoom(job)).toMatchObject({ falseAlarms: 0, found: [{ times: 1 }] });
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

describe('the page', () => {
  const page = readFileSync(new URL('../../docs/sensitivity.md', import.meta.url), 'utf8');
  const rows = readSensitivityTable(page);

  it('has exactly the rows that the bench tries', () => {
    const kind = ({
      members,
      bitrateKbps,
      loss,
    }: (typeof rows)[number] | ReturnType<typeof rowJobs>[number]) =>
      `${members} members, ${bitrateKbps} kbit/s, ${loss} lost`;
    expect(rows.map(kind)).toEqual(rowJobs({ ...sensitivityPlan, trials: publishedTrials }).map(kind));
    for (const row of rows) {
      expect(row.trials).toBe(publishedTrials);
      expect(row.found.map(({ leakDb }) => leakDb)).toEqual([...sensitivityPlan.leaksDb]);
    }
  });

  it('says what follows from its rows, word by word', () => {
    expect(sensitivityPage(rows)).toBe(page);
  });
});

describe('sensitivityPage', () => {
  const row = (
    bitrateKbps: number,
    loss: number,
    times: readonly number[],
    falseAlarms = 0,
  ): SensitivityRow => ({
    members: 3,
    bitrateKbps,
    loss,
    trials: 10,
    falseAlarms,
    found: [-20, -30, -40].map((leakDb, i) => ({ leakDb, times: times[i]! })),
  });

  it('tells from which bit rate on nothing is found that is not there, and what is found there', () => {
    const page = sensitivityPage([
      row(16, 0, [10, 10, 10], 2),
      row(16, 0.05, [10, 9, 9], 3),
      row(64, 0, [10, 10, 10]),
      row(64, 0.05, [10, 10, 9]),
    ]);
    expect(page).toContain(
      '- 3 members: from 64 kbit/s on the suite found every leak of -40 dB and more without loss and every leak of -30 dB and more with 5 % of the packets lost, and none where there was none; below, it also found a leak that was not there in up to 3 of 10 runs (16 kbit/s, with 5 % of the packets lost).\n',
    );
  });

  it('claims no clean bit rate where every one has false alarms, and blames none where none has', () => {
    expect(sensitivityPage([row(64, 0, [10, 10, 9], 1)])).toContain(
      '- 3 members: the suite found every leak of -30 dB and more without loss at any bit rate tried, but also a leak that was not there in up to 1 of 10 runs (64 kbit/s, without loss).\n',
    );
    expect(sensitivityPage([row(64, 0, [9, 9, 9])])).toContain(
      '- 3 members: from 64 kbit/s on the suite found not every leak of any level without loss, and none where there was none.\n',
    );
  });

  it('is read back as it was written', () => {
    const rows = [row(16, 0, [10, 9, 8], 2), row(64, 0.05, [10, 10, 9])];
    expect(readSensitivityTable(sensitivityPage(rows))).toEqual(rows);
    expect(readSensitivityTable('no table')).toEqual([]);
  });
});
