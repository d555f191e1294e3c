import { describe, expect, it } from 'vitest';
import type { Report } from '../report.ts';
import { sampleReport, sampleResult } from '../reporters/sample-report.ts';
import { type FoundReport, MergeError, mergeReports } from './merge-reports.ts';

const whole = sampleReport();
const planned = whole.results.map(({ clause }) => clause.id);

/** The sample report as shards that each have every third clause. */
function shards(count = 3): FoundReport[] {
  return Array.from({ length: count }, (_, i) => ({
    path: `shard-${i + 1}/report.json`,
    report: {
      ...whole,
      shard: { index: i + 1, count, planned },
      results: whole.results.filter((_result, place) => place % count === i),
    },
  }));
}

/** Shards of which one is another. */
function altered(index: number, change: (report: Report) => Report): FoundReport[] {
  return shards().map((one, place) => (place === index ? { ...one, report: change(one.report) } : one));
}

describe('mergeReports', () => {
  it('gives the report of the whole run, in whatever order the shards come', () => {
    expect(mergeReports(shards())).toEqual(whole);
    expect(mergeReports(shards().toReversed())).toEqual(whole);
    expect(mergeReports(shards(1))).toEqual(whole);
  });

  it('lasts from the first start to the last end', () => {
    const merged = mergeReports(
      altered(1, (report) => ({ ...report, startedAt: '2026-11-22T23:06:00.000Z', durationMs: 200_000 })),
    );
    expect(merged).toMatchObject({ startedAt: '2026-11-22T23:06:00.000Z', durationMs: 200_000 });
  });

  it('lasts to the end of a shard that is not the first to begin', () => {
    const startedAt = '2026-11-22T23:07:29.412Z';
    const merged = mergeReports(altered(2, (report) => ({ ...report, startedAt, durationMs: 90_000 })));
    expect(merged).toMatchObject({ startedAt: whole.startedAt, durationMs: 150_000 });
  });

  it('keeps the notes of all shards once, and says so where seeds differ', () => {
    const noted = altered(1, (report) => ({ ...report, seed: 7 })).map(({ path, report }) => ({
      path,
      report: { ...report, notes: ['the same'] },
    }));
    expect(mergeReports(noted).notes).toEqual([
      'the same',
      'The shards had seeds of their own, 1482907, 7, 1482907; the command that repeats a clause names the right one.',
    ]);
  });

  it('allows flaky passes only where all shards did', () => {
    const allow = (report: Report) => ({ ...report, allowFlaky: true });
    expect(mergeReports(altered(0, allow))).not.toHaveProperty('allowFlaky');
    const all = shards().map(({ path, report }) => ({ path, report: allow(report) }));
    expect(mergeReports(all).allowFlaky).toBe(true);
  });

  it.each([
    ['nothing', () => [], 'there is no report to merge'],
    ['a whole run', () => [{ path: 'x', report: whole }], 'x is the report of a whole run, not of a shard'],
    ['a missing shard', () => shards().slice(1), 'of 3 shards, one is missing: 1'],
    ['missing shards', () => shards().slice(2), 'of 3 shards, 2 are missing: 1, 2'],
    [
      'a shard twice',
      () => [...shards(), { ...shards()[1]!, path: 'other' }],
      'shard 2 of 3 is there twice: shard-2/report.json and other',
    ],
    [
      'a clause in two shards',
      () => altered(1, (report) => ({ ...report, results: [whole.results[0]!, ...report.results] })),
      'rooms.add is in two shards: shard-1/report.json and shard-2/report.json',
    ],
    [
      'a shard that was ended early',
      () => altered(1, (report) => ({ ...report, results: report.results.slice(2) })),
      'no shard has a result for rooms.list and 1 more clause: a shard was ended early',
    ],
    [
      'a shard whose last clause is missing',
      () => altered(0, (report) => ({ ...report, results: report.results.slice(0, -1) })),
      'no shard has a result for video.grid.leave: a shard was ended early',
    ],
    [
      'another target',
      () => altered(1, (report) => ({ ...report, target: { name: 'http://other' } })),
      'they have different targets, emulator started by the suite and http://other',
    ],
    [
      'another server at the same address',
      () => altered(1, (report) => ({ ...report, target: { ...report.target, server: 'Streamer 24' } })),
      'they have different servers, Streamer 20.08 and Streamer 24',
    ],
    [
      'a clause that was not planned',
      () =>
        altered(1, (report) => ({
          ...report,
          results: [...report.results, sampleResult('audio.other', 'Other', 'pass', 1)],
        })),
      'audio.other in shard-2/report.json is no clause of the run that was split',
    ],
    [
      'another version',
      () => altered(1, (report) => ({ ...report, toolVersion: '9' })),
      'different versions of mosaic2',
    ],
    [
      'another split',
      () => [shards()[0]!, ...shards(2).slice(1)],
      'they have different numbers of shards, 3 and 2',
    ],
    [
      'other clauses',
      () => altered(1, (report) => ({ ...report, shard: { index: 2, count: 3, planned: planned.slice(1) } })),
      'they have different clauses',
    ],
    [
      'a number beyond the last',
      () => altered(1, (report) => ({ ...report, shard: { index: 9, count: 3, planned } })),
      'shard-2/report.json calls itself shard 9 of 3',
    ],
  ])('refuses %s', (_what, found, message) => {
    expect(() => mergeReports(found())).toThrow(MergeError);
    expect(() => mergeReports(found())).toThrow(message);
  });
});
