import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../clauses/index.ts';
import { packageRoot } from '../package-root.ts';
import { chapterOf } from '../reporters/summary.ts';
import { clauseOf } from '../run/testing.ts';
import { chapterTitles } from './chapters.ts';
import { catalogueAsMarkdown } from './markdown.ts';

const text = catalogueAsMarkdown(catalogue);

describe('docs/clauses.md', () => {
  it('is what the catalogue says', () => {
    const file = readFileSync(new URL('docs/clauses.md', packageRoot), 'utf8');
    const isFresh = file === text;
    expect(isFresh, 'docs/clauses.md is out of date: run `npm run docs`').toBe(true);
  });
});

describe('catalogueAsMarkdown', () => {
  it('links to nothing that is not there', () => {
    const anchors = new Set(Array.from(text.matchAll(/<a id="([^"]+)">/g), ([, id]) => id));
    const links = Array.from(text.matchAll(/\]\(#([^)]+)\)/g), ([, id]) => id!);
    expect(links.length).toBeGreaterThan(catalogue.length);
    expect(links.filter((id) => !anchors.has(id))).toEqual([]);
    expect(anchors.size).toBe(text.split('<a id="').length - 1);
  });

  it('names every chapter', () => {
    const chapters = [...new Set(catalogue.map(({ id }) => chapterOf(id)))];
    expect(Object.keys(chapterTitles).sort()).toEqual([...chapters].sort());
    for (const chapter of chapters) expect(text).toContain(`## \`${chapter}\`: ${chapterTitles[chapter]}`);
  });

  it('counts the clauses of each level and the statements', () => {
    expect(text).toMatch(new RegExp(`^${catalogue.length} clauses: \\d+ documented, `, 'm'));
    expect(text).toMatch(/The page makes \d+ statements: \d+ are measured,\n\d+ cannot be/);
  });

  it('says why a statement is not measured', () => {
    expect(text).toMatch(/\| <a id="page\.intro\.chat"><\/a>.*\| \*not measured:\* \S+/);
  });

  it('keeps every row in its table, whatever a clause says', () => {
    const odd = clauseOf('x.y', undefined, { requirement: 'a | b\n| c' });
    const row = catalogueAsMarkdown([odd])
      .split('\n')
      .find((line) => line.includes('id="x.y"'));
    expect(row).toMatch(/\| a \\\| b \\\| c \|$/);
  });
});
