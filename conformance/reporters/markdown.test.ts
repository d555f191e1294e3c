import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import { hostileReport, hostileTexts } from './sample-hostile.ts';
import { sampleReport } from './sample-report.ts';

const sample = renderMarkdown(sampleReport());

describe('the Markdown summary', () => {
  it('begins with the verdict and the target', () => {
    expect(sample.split('\n').slice(0, 3)).toEqual([
      '## ❌ mosaic2 conformance: emulator started by the suite',
      '',
      expect.stringMatching(/^\*\*3 of 16 judged clauses failed/),
    ]);
  });

  it('has a table row for each chapter and one for all', () => {
    const rows = sample.split('\n').filter((line) => line.startsWith('| '));
    expect(rows.map((row) => row.split(' | ')[0])).toEqual([
      '| chapter',
      '| :--',
      '| rooms',
      '| members',
      '| audio',
      '| play',
      '| video',
      '| **all**',
    ]);
    expect(rows.at(-1)).toBe('| **all** | 3 | 1 | · | 13 | 3 | 2 |');
  });

  it('gives failures in full, with the command that repeats them', () => {
    expect(sample).toContain(
      '- **Expected:** JSON with the track number that add\\_stream gave to the stream\\: a2.',
    );
    expect(sample).toContain('mosaic2 conformance --seed 1482907 --only members.remove.track-id\n```');
  });

  it('lists what was observed and what does not apply', () => {
    expect(sample).toContain('<summary>Observed: 3 clauses</summary>');
    expect(sample).toContain('- `video.grid.leave` The room says disable\\_video=true');
  });

  it.each(hostileTexts)('makes no markup, link, image or table cell of hostile text: %j', (text) => {
    const markdown = renderMarkdown(hostileReport(text));
    const prose = withoutCode(markdown);
    expect(prose.replace(/<\/?(details|summary)>/g, '')).not.toMatch(/<[a-z/!]/i);
    expect(prose).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[|https?:\/\//);
    const cells = prose.split('\n').filter((line) => line.startsWith('| '));
    for (const row of cells) expect(row.match(/(?<!\\)\|/g)).toHaveLength(8);
  });

  it('ends every code block it begins', () => {
    const report = sampleReport();
    const result = { ...report.results[6]!, reproduce: 'a\n````\n# b', evidence: [] };
    expect(renderMarkdown({ ...report, results: [result] })).toContain('`````sh\na\n````\n# b\n`````');
  });

  it('cuts a summary that nobody would read to its end', () => {
    const report = sampleReport();
    const results = Array.from({ length: 70 }, () => report.results[6]!);
    const markdown = renderMarkdown({ ...report, results });
    expect(markdown.match(/^### /gm)).toHaveLength(50);
    expect(markdown).toContain('… and 20 more, see the report.');
  });
});

function withoutCode(markdown: string): string {
  return markdown.replace(/^(`{3,})sh\n[\s\S]*?\n\1$/gm, '').replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, 'code');
}
