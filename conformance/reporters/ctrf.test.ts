import { describe, expect, it } from 'vitest';
import { renderCtrf } from './ctrf.ts';
import { hostileReport, hostileTexts } from './sample-hostile.ts';
import { sampleReport } from './sample-report.ts';

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

// The required and the known fields of the CTRF schema for specification 0.0.0; it allows no others.
const statuses = ['passed', 'failed', 'skipped', 'pending', 'other'];
const summaryCounts = ['tests', 'passed', 'failed', 'skipped', 'pending', 'other', 'start', 'stop'];
const summaryFields = [...summaryCounts, 'flaky', 'suites', 'duration', 'extra'];
const testFields = (
  'id testId executionId name status duration start stop suite message trace snippet ai line rawStatus tags labels ' +
  'type filePath retries retryAttempts flaky stdout stderr threadId browser device screenshot attachments ' +
  'parameters steps insights extra'
).split(' ');
const rootFields = [
  'reportFormat',
  'specVersion',
  'reportId',
  'runId',
  'timestamp',
  'generatedBy',
  'extra',
  'results',
];

function problems(document: Ctrf): string[] {
  const found: string[] = [];
  const check = (holds: boolean, problem: string) => holds || found.push(problem);
  const only = (value: object, known: readonly string[], where: string) => {
    for (const name of Object.keys(value)) check(known.includes(name), `${where}: unknown field ${name}`);
  };
  only(document, rootFields, 'root');
  check(document.reportFormat === 'CTRF', 'reportFormat');
  check(/^\d+\.\d+\.\d+$/.test(document.specVersion), 'specVersion');
  only(document.results, ['tool', 'summary', 'tests', 'environment', 'extra'], 'results');
  check(typeof document.results.tool.name === 'string', 'tool.name');
  only(document.results.summary, summaryFields, 'summary');
  for (const name of summaryCounts)
    check(Number.isInteger(document.results.summary[name]), `summary.${name}`);
  for (const test of document.results.tests) {
    only(test, testFields, `test ${String(test.name)}`);
    check(typeof test.name === 'string', 'test.name');
    check(statuses.includes(String(test.status)), `test.status ${String(test.status)}`);
    check(Number.isInteger(test.duration), 'test.duration');
    check(Array.isArray(test.suite) && test.suite.every((part) => typeof part === 'string'), 'test.suite');
  }
  return found;
}

const parse = (json: string) => JSON.parse(json) as Ctrf;
const sample = parse(renderCtrf(sampleReport()));
const byName = (name: string) => sample.results.tests.find((test) => test.name === name)!;

describe('the CTRF report', () => {
  it('has what the schema requires and nothing it does not know', () => {
    expect(problems(sample)).toEqual([]);
  });

  it('is found wanting by the check when something is missing', () => {
    const broken = structuredClone(sample);
    delete broken.results.summary.stop;
    broken.results.tests[0]!.status = 'broken';
    broken.results.tests[1]!.verdict = 'pass';
    expect(problems(broken)).toHaveLength(3);
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

  it('marks what is flaky', () => {
    expect(sample.results.tests.filter((test) => test.flaky).map((test) => test.name)).toEqual([
      'audio.mute.server',
    ]);
  });

  it.each(hostileTexts)('keeps to the schema with hostile text: %j', (text) => {
    expect(problems(parse(renderCtrf(hostileReport(text))))).toEqual([]);
  });

  it('keeps to the schema when times are no times', () => {
    const report = { ...sampleReport(), startedAt: 'never', durationMs: Number.NaN };
    expect(problems(parse(renderCtrf(report)))).toEqual([]);
  });
});
