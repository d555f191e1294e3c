import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DisorderedLine, type Fate } from './disordered-line.ts';

const untouched: Fate = { lost: false, duplicated: false, reordered: false };

/** What comes out where the things 0, 1, 2… have these fates. */
function pass(fates: readonly Partial<Fate>[]) {
  const out: number[] = [];
  const line = new DisorderedLine<number>((thing) => out.push(thing));
  for (const [index, fate] of fates.entries()) line.push(index, { ...untouched, ...fate });
  return { out, line };
}

describe('DisorderedLine', () => {
  it('passes on what nothing was decided on', () => {
    expect(pass([{}, {}, {}]).out).toEqual([0, 1, 2]);
  });

  it('loses, duplicates and lets the successor overtake', () => {
    expect(pass([{ lost: true }, { duplicated: true }, { reordered: true }, {}, {}]).out).toEqual([
      1, 1, 3, 2, 4,
    ]);
  });

  it('keeps a late thing until a successor comes that is not lost', () => {
    expect(pass([{ reordered: true }, { lost: true }, {}]).out).toEqual([2, 0]);
  });

  it('gives what waits when it is told to, once', () => {
    const { out, line } = pass([{}, { reordered: true }]);
    expect(out).toEqual([0]);
    line.flush();
    line.flush();
    expect(out).toEqual([0, 1]);
  });

  it('neither loses nor invents anything but what was decided', () => {
    const fate = fc.record({ lost: fc.boolean(), duplicated: fc.boolean(), reordered: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fate), (fates) => {
        const { out, line } = pass(fates);
        line.flush();
        const expected = fates.flatMap(({ lost, duplicated }, index) =>
          lost ? [] : duplicated ? [index, index] : [index],
        );
        expect([...out].sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });
});
