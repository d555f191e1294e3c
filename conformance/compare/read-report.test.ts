import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderHtml } from '../reporters/html/index.ts';
import { renderJson } from '../reporters/json.ts';
import { sampleReport } from '../reporters/sample-report.ts';
import { oneLine } from '../reporters/text.ts';
import { parseReport, ReportFileError, readReport } from './read-report.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-read-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** The sample report with one part replaced. */
function altered(path: readonly (string | number)[], value: unknown): string {
  const report = JSON.parse(renderJson(sampleReport())) as Record<string | number, unknown>;
  const parent = path.slice(0, -1).reduce((part, key) => part[key] as typeof part, report);
  parent[path.at(-1)!] = value;
  return JSON.stringify(report);
}

describe('parseReport', () => {
  it('gives back every part of a report that a run has written', () => {
    const report = {
      ...sampleReport(),
      allowFlaky: true,
      notes: ['a note'],
      shard: { index: 1, count: 2, planned: ['rooms.add'] },
    };
    expect(parseReport(renderJson(report), 'it')).toEqual(report);
  });

  it.each(['spectrum', 'toString', '__proto__', 'a\n\u001b[2Jb'])(
    'keeps verdict and title where evidence is of a kind that another version had: %j',
    (type) => {
      const other = { type, title: 'Track a2', frequenciesHz: [1, 2], levelsDb: [null, -3] };
      const { results } = parseReport(altered(['results', 6, 'evidence', 1], other), 'it');
      const expected = sampleReport().results;
      expect(results.map(({ verdict }) => verdict)).toEqual(expected.map(({ verdict }) => verdict));
      expect(results[6]!.evidence).toEqual([
        expected[6]!.evidence[0],
        {
          type: 'note',
          title: 'Track a2',
          text: `Evidence of the kind “${oneLine(type)}”, which this version does not show. It stands in the report it was read from.`,
        },
      ]);
    },
  );

  it('takes levels that JSON has no number for', () => {
    const text = altered(
      ['results', 11, 'evidence'],
      [
        { type: 'waveform', title: 't', durationSeconds: 1, low: [null, -1], high: [0, 1] },
        { type: 'series', title: 's', unit: 'ms', values: [null] },
      ],
    );
    const report = parseReport(text, 'it');
    expect(report.results[11]!.evidence[0]).toMatchObject({ low: [Number.NaN, -1] });
    expect(renderHtml(report)).toContain('No values.');
  });

  it.each([
    [['results'], {}, 'results: a list is wanted'],
    [['results', 3, 'verdict'], 'passed', 'results[3].verdict: one of pass, fail, known, observed,'],
    [['results', 3, 'verdict'], ['pass'], 'results[3].verdict: one of pass'],
    [['results', 3, 'clause'], null, 'results[3].clause: an object is wanted'],
    [['results', 3, 'clause', 'id'], 7, 'results[3].clause.id: a text is wanted'],
    [['results', 3, 'clause', 'id'], 'rooms.add', 'results[3].clause.id: it stands there a second time'],
    [['results', 0, 'evidence', 0, 'type'], ['http'], 'results[0].evidence[0].type: a text is wanted'],
    [['results', 0, 'evidence', 0], { type: 'other' }, 'results[0].evidence[0].title: a text is wanted'],
    [['results', 0, 'evidence', 0, 'responseHeaders'], { a: 1 }, 'responseHeaders.a: a text is wanted'],
    [['target'], 'http://x', 'target: an object is wanted'],
    [['durationMs'], '7', 'durationMs: a number is wanted'],
    [['shard'], { index: 0, count: 1, planned: [] }, 'shard.index: a whole number from 1'],
    [['shard'], { index: 1, count: 10_001, planned: [] }, 'shard.count: a whole number from 1 to 10000'],
    [['allowFlaky'], 1, 'allowFlaky: true or false is wanted'],
  ])('refuses %j as %j', (path, value, message) => {
    expect(() => parseReport(altered(path, value), 'it.json')).toThrow(ReportFileError);
    expect(() => parseReport(altered(path, value), 'it.json')).toThrow(
      `it.json is no report.json of a run: `,
    );
    expect(() => parseReport(altered(path, value), 'it.json')).toThrow(message);
  });

  it.each([
    '',
    'null',
    '[]',
    '7',
    '"report"',
    '{}',
    '{"results":[]}',
    '['.repeat(200_000),
    '{"__proto__":{}}',
  ])('refuses %.40s', (text) => {
    expect(() => parseReport(text, 'it')).toThrow(ReportFileError);
  });

  it('never throws anything else, whatever is in the file', () => {
    const part = fc.constantFrom('results', 'target', 'seed', 'startedAt', 'environment', 'notes', 'shard');
    fc.assert(
      fc.property(part, fc.jsonValue(), (name, value) => {
        try {
          parseReport(altered([name], value), 'it');
        } catch (error) {
          expect(error).toBeInstanceOf(ReportFileError);
        }
      }),
    );
  });

  it('takes nothing that it does not know', () => {
    const text = altered(['results', 0, 'clause', '__proto__x'], { evil: true }).replace(
      '__proto__x',
      '__proto__',
    );
    const report = parseReport(text, 'it');
    expect(report.results[0]!.clause).not.toHaveProperty('evil');
    expect(Object.keys(report.results[0]!.clause)).not.toContain('__proto__');
  });
});

describe('readReport', () => {
  it('says in a sentence what cannot be read', async () => {
    const file = join(folder, 'report.json');
    await expect(readReport(file)).rejects.toThrow(`${file} cannot be read: ENOENT`);
    await expect(readReport(folder)).rejects.toThrow(`${folder} cannot be read: EISDIR`);
    await writeFile(file, '<html>');
    await expect(readReport(file)).rejects.toThrow(`${file} is no JSON: is it the report.json of a run?`);
  });
});
