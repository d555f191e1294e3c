import { describe, expect, it } from 'vitest';
import { catalogue } from '../clauses/index.ts';
import type { Defect } from './defect.ts';
import { type DefectName, defects } from './index.ts';

const names = Object.keys(defects) as DefectName[];
const ids = catalogue.map(({ id }) => id);

/** Clauses that no defect names, though they can fail, each with the reason. */
const withoutDefect: Readonly<Record<string, string>> = {
  'video.canvas.constant': 'no part of the emulator that a defect may replace chooses the size of a picture',
};

describe('the defects', () => {
  it('are many, in every chapter', () => {
    expect(names.length).toBeGreaterThanOrEqual(80);
    const chapters = new Set(names.map((name) => defects[name].caughtBy[0].split('.')[0]));
    const documented = catalogue.filter(({ level }) => level === 'documented');
    for (const { id } of documented) expect(chapters).toContain(id.split('.')[0]);
  });

  it('are caught by every clause that says what the documentation, a client or a standard demands', () => {
    const named = new Set(names.flatMap((name): readonly string[] => defects[name].caughtBy));
    const demanding = catalogue.filter(({ level }) => level !== 'undocumented').map(({ id }) => id);
    expect(demanding.filter((id) => !named.has(id))).toEqual(Object.keys(withoutDefect));
  });

  it.each(names)('%s names clauses that there are, each once', (name) => {
    const { description, caughtBy, untouched }: Defect = defects[name];
    const named = [...caughtBy, ...untouched];
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
    expect(description).not.toMatch(/[.!?]$/);
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
  });
});
