import { describe, expect, it } from 'vitest';
import { renderCtrf } from './ctrf.ts';
import { hostileReport, hostileTexts } from './sample-hostile.ts';
import { sampleReport, sampleResult } from './sample-report.ts';
import { ctrfProblems } from './test-ctrf-check.ts';

interface Ctrf {
  reportFormat: string;
  specVersion: string;
  results: {
    tool: { name: string };
    summary: Record<string, number>;
    environment: Record<string, unknown>;
    tests: Record<string, unknown>[];
  };
}

const parse = (json: string) => JSON.parse(json) as Ctrf;
const sample = parse(renderCtrf(sampleReport()));
const byName = (name: string) => sample.results.tests.find((test) => test.name === name)!;

describe('the CTRF report', () => {
  it('has what the schema requires and nothing it does not know', () => {
    expect(ctrfProblems(sample)).toEqual([]);
  });

  it('is found wanting by the check when something is missing', () => {
    const broken = structuredClone(sample);
    delete broken.results.summary.stop;
    broken.results.tests[0]!.status = 'broken';
    broken.results.tests[1]!.verdict = 'pass';
    broken.results.tests[2]!.duration = 1.5;
    broken.results.tests[3]!.suite = [];
    broken.results.tests[4]!.name = '';
    expect(ctrfProblems(broken)).toEqual([
      "/results/summary must have required property 'stop'",
      '/results/tests/0/status must be equal to one of the allowed values',
      '/results/tests/1 must NOT have additional properties: verdict',
      '/results/tests/2/duration must be integer',
      '/results/tests/3/suite must NOT have fewer than 1 items',
      '/results/tests/4/name must NOT have fewer than 1 characters',
    ]);
    expect(ctrfProblems({ ...sample, specVersion: '1', timestamp: 'never', verdict: 1 })).toHaveLength(3);
  });

  it('is found wanting by the check when its sums do not add up', () => {
    const broken = structuredClone(sample);
    broken.results.tests[0]!.status = 'other';
    expect(ctrfProblems(broken)).toEqual([
      'summary.passed is 16, and there are 15',
      'summary.other is 1, and there are 2',
    ]);
  });

  it('sums up', () => {
    expect(sample.results.summary).toMatchObject({
      tests: 22,
      passed: 16,
      failed: 3,
      skipped: 2,
      pending: 0,
      other: 1,
      flaky: 1,
      suites: 5,
      start: Date.parse('2026-11-22T23:06:29.412Z'),
      stop: Date.parse('2026-11-22T23:06:29.412Z') + 83_412,
    });
  });

  it.each([
    ['rooms.add', 'passed', 'pass'],
    ['members.remove.track-id', 'failed', 'fail'],
    ['audio.mute.second-call', 'passed', 'observed'],
    ['video.grid.leave', 'skipped', 'not-applicable'],
    ['audio.speech', 'other', 'error'],
  ])('maps %s to %s and keeps the verdict', (name, status, rawStatus) => {
    expect(byName(name)).toMatchObject({ status, rawStatus });
  });

  it('explains a failure', () => {
    expect(byName('audio.gap.join')).toMatchObject({
      message: 'Nobody is cut off while somebody joins: A gap of 60 ms in track a2, 0.7 s after bob joined.',
      suite: ['audio'],
      extra: {
        expected: 'No gap of more than 40 ms in any track.',
        level: 'documented',
        statements: [
          expect.stringContaining('page.mix.own.without-self (introduction, on mixing): '),
          expect.stringContaining('page.mix.own.others'),
        ],
        needs: ['whip', 'whep'],
      },
    });
    expect(byName('audio.gap.join').trace).toContain('Reproduce:');
  });

  it('explains what could not be measured, and what is flaky, but no pass', () => {
    expect(byName('audio.speech').trace).toContain('Reason:      The publisher of this clause lost');
    expect(byName('audio.mute.server').message).toMatch(/^mute-audio silences a member for everybody: /);
    expect(byName('rooms.add')).not.toHaveProperty('trace');
    expect(byName('rooms.add')).not.toHaveProperty('message');
  });

  it('has durations in whole milliseconds', () => {
    expect(byName('rooms.add').duration).toBe(41);
  });

  it('marks what is flaky', () => {
    expect(sample.results.tests.filter((test) => test.flaky).map((test) => test.name)).toEqual([
      'audio.mute.server',
    ]);
  });

  it.each(hostileTexts)('keeps to the schema with hostile text: %j', (text) => {
    expect(ctrfProblems(parse(renderCtrf(hostileReport(text))))).toEqual([]);
  });

  it('keeps to the schema with known failures, flaky passes, remarks and ids that say nothing', () => {
    const known = { reason: 'a reason', state: 'counts' } as const;
    const results = [
      sampleResult(' ', 'No id', 'pass', 1),
      sampleResult('', 'No id', 'fail', 1),
      sampleResult('a', 'Known', 'known', 1, { known }),
      sampleResult('b', 'Flaky', 'pass', 1, { flaky: true, attempts: 3 }),
      sampleResult('c', 'Passes', 'pass', 1, { known: { ...known, state: 'passes' } }),
    ];
    expect(ctrfProblems(parse(renderCtrf({ ...sampleReport(), notes: ['a note'], results })))).toEqual([]);
  });

  it('keeps to the schema when times are no times', () => {
    const report = { ...sampleReport(), startedAt: 'never', durationMs: Number.NaN };
    expect(ctrfProblems(parse(renderCtrf(report)))).toEqual([]);
  });
});
