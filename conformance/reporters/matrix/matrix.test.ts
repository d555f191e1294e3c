import { mkdtemp, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Matrix, matrixOf, type TargetRun } from '../../compare/matrix.ts';
import type { Report } from '../../report.ts';
import { paintFor } from '../console-paint.ts';
import { hostileReport, hostileTexts } from '../sample-hostile.ts';
import { sampleReport, sampleResult } from '../sample-report.ts';
import { visibleText } from '../text.ts';
import { matrixLines } from './console.ts';
import { renderMatrixHtml } from './html.ts';
import { renderMatrixMarkdown } from './markdown.ts';
import { targetFolderName, writeMatrix } from './write.ts';

const one: Report = {
  ...sampleReport(),
  results: [
    sampleResult('api.same', 'Same', 'pass', 1),
    sampleResult('api.differs', 'Differs', 'pass', 1),
    sampleResult('api.seen', 'Seen', 'observed', 1, { actual: 'an array' }),
    sampleResult('audio.delay', 'Soon', 'observed', 1, { actual: 'p50 30.5 ms' }),
  ],
};
const other: Report = {
  ...sampleReport(),
  target: { name: 'http://lab', server: 'Streamer 24' },
  results: [
    sampleResult('api.same', 'Same', 'pass', 1),
    sampleResult('api.differs', 'Differs', 'fail', 1, { actual: 'no <track>' }),
    sampleResult('api.seen', 'Seen', 'observed', 1, { actual: 'an object' }),
    sampleResult('audio.delay', 'Soon', 'observed', 1, { actual: 'p50 90.5 ms' }),
    sampleResult('video.only', 'Only', 'pass', 1, { flaky: true }),
  ],
};
const runs: TargetRun[] = [
  { name: 'emulator', folder: '1-emulator', report: one },
  { name: 'http://lab', folder: '2-lab', report: other },
  { name: 'http://gone', folder: '3-gone', problem: 'nobody answers at http://gone' },
];
const matrix = matrixOf(runs);
const plain = paintFor({}, {});

describe('matrixOf', () => {
  it('has a row for each clause of any target, with what each of them did', () => {
    const words = matrix.rows.map(({ id, cells }) => [id, ...cells.map((cell) => cell?.verdict ?? null)]);
    expect(words).toEqual([
      ['api.same', 'pass', 'pass', null],
      ['api.differs', 'pass', 'fail', null],
      ['api.seen', 'observed', 'observed', null],
      ['audio.delay', 'observed', 'observed', null],
      ['video.only', null, 'pass', null],
    ]);
  });

  it('marks other verdicts and other observations, but no other figures', () => {
    expect(matrix.rows.filter(({ differs }) => differs).map(({ id }) => id)).toEqual([
      'api.differs',
      'api.seen',
    ]);
  });

  it('marks a pass of one target that another passed only when it was tried again', () => {
    const [first] = one.results;
    const flaky = { ...one, results: [{ ...first!, flaky: true }] };
    const [row] = matrixOf([
      { name: 'one', folder: '1', report: one },
      { name: 'flaky', folder: '2', report: flaky },
    ]).rows;
    expect(row).toMatchObject({ id: 'api.same', differs: true });
  });

  it('says what became of each target', () => {
    expect(matrix.columns.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'error']);
    expect(matrix.columns[2]!.sentence).toBe('nobody answers at http://gone');
  });
});

describe('the matrix', () => {
  it('has a line for each clause on a console', () => {
    const lines = matrixLines(matrix, plain);
    expect(lines).toContain('≠ api.differs  ✔ passed         ✘ failed         not run');
    expect(lines).toContain('  video.only   not run          ✔ passed, flaky  not run');
    expect(lines.at(-1)).toBe('3 targets and 5 clauses: 2 with differences.');
  });

  it('shows differences first in Markdown', () => {
    const markdown = renderMatrixMarkdown(matrix);
    expect(markdown).toContain('| `api.differs` | ✅ passed | ❌ failed<br>no &lt;track&gt; | not run |');
    expect(markdown.indexOf('### Differences')).toBeLessThan(markdown.indexOf('All clauses'));
  });

  it('leads from every cell to the clause in the page of its target', () => {
    const page = renderMatrixHtml(matrix, { links: true });
    expect(page).toContain('<a href="2-lab/index.html#clause-api.differs">');
    expect(page).toContain('<a href="1-emulator/index.html#clause-api.differs">');
    expect(page).toContain('no &lt;track&gt;');
    expect(renderMatrixHtml(matrix, { links: false })).not.toContain('<a ');
  });

  it.each(hostileTexts)('makes nothing of hostile text: %.30j', (text) => {
    const hostile: Matrix = matrixOf([
      { name: text, folder: '1', report: hostileReport(text) },
      { name: text, folder: '2', problem: text },
    ]);
    const page = renderMatrixHtml(hostile, { links: true });
    // Of its own it has one script, and no text makes another.
    expect(page.match(/<(?:script|img|iframe|link)\b/gi)).toEqual(['<script']);
    // What stands between quotes is text, too: the filter looks for words in it.
    const markup = page.replace(/<script>.*<\/script>/s, '').replace(/"[^"]*"/g, '""');
    expect(markup).not.toMatch(/<[^>]*\son\w+=/i);
    for (const line of matrixLines(hostile, plain)) expect(visibleText(line)).toBe(line);
    expect(
      renderMatrixMarkdown(hostile)
        .replace(/`+.*?`+/g, '')
        .replace(/<\/?(details|summary|br)>/g, ''),
    ).not.toMatch(/<[a-z/!]/i);
  });
});

describe('writeMatrix', () => {
  let outDir = '';

  beforeEach(async () => {
    outDir = join(await mkdtemp(join(tmpdir(), 'mosaic2-matrix-')), 'reports');
  });

  afterEach(() => rm(dirname(outDir), { recursive: true }));

  it('writes one folder, in which every link leads somewhere', async () => {
    const paths = await writeMatrix(runs, outDir, ['console', 'html', 'json', 'markdown', 'junit', 'ctrf']);
    const folder = join(outDir, await readlink(join(outDir, 'latest')));
    expect(paths.slice(0, 3)).toEqual(
      ['index.html', 'matrix.json', 'summary.md'].map((file) => join(folder, file)),
    );
    expect(paths).toHaveLength(3 + 2 * 5);
    const page = await readFile(join(folder, 'index.html'), 'utf8');
    const links = [...page.matchAll(/href="([^"#]+\.html)#?([^"]*)"/g)];
    expect(links.length).toBeGreaterThan(9);
    for (const [, file, anchor] of links) {
      if (file!.startsWith('3-gone')) continue;
      const target = await readFile(join(folder, file!), 'utf8');
      if (anchor !== '') expect(target).toContain(`id="${anchor}"`);
    }
    expect(JSON.parse(await readFile(join(folder, 'matrix.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(matrix)),
    );
  });

  it('has no links to a target that was not measured', async () => {
    expect(renderMatrixHtml(matrix, { links: true })).not.toContain('3-gone/');
  });

  it('writes nothing where no target was measured, or only the console reports', async () => {
    expect(await writeMatrix(runs.slice(2), outDir, ['html'])).toEqual([]);
    expect(await writeMatrix(runs, outDir, ['console'])).toEqual([]);
  });
});

describe('targetFolderName', () => {
  it.each([
    ['http://user@127.0.0.1:8080', '1-http-user-127.0.0.1-8080'],
    ['../../etc', '1-etc'],
    ['', '1-target'],
    ['x'.repeat(200), `1-${'x'.repeat(60)}`],
  ])('makes a safe name of %.30s', (name, folder) => {
    expect(targetFolderName(0, name)).toBe(folder);
  });
});
