import { describe, expect, it } from 'vitest';
import { type ExpectedGrid, firstWrongCell, requireGrid } from './expected-cells.ts';
import type { SeenBot } from './seen-grid.ts';

/** A bot in the middle of a cell: `x` and `y` from 0, of so many columns and rows. */
function bot(name: string, x: number, y: number, columns = 2, rows = 2, upright = true): SeenBot {
  const text = upright ? name : `${name} (mirrored)`;
  const middle = { x: (x + 0.5) / columns, y: (y + 0.5) / rows };
  return { text, name, upright, frame: 0, row: y + 1, column: x + 1, ...middle };
}

const [alice, bob] = [bot('alice', 0, 0), bot('bob', 1, 0)];
const carolInMiddle = bot('carol', 0.5, 1);
const carolAtLeft = bot('carol', 0, 1);

describe('firstWrongCell', () => {
  it.each<[ExpectedGrid, readonly SeenBot[]]>([
    [[['alice', 'bob']], [bot('alice', 0, 0, 2, 1), bot('bob', 1, 0, 2, 1)]],
    [
      [['alice', 'bob'], ['carol']],
      [alice, bob, carolInMiddle],
    ],
    [
      [
        ['alice', 'bob'],
        ['carol', null],
      ],
      [alice, bob, carolInMiddle],
    ],
    [
      [['alice', 'bob'], ['carol']],
      [alice, bob, carolAtLeft],
    ],
    [
      [
        ['alice', 'bob'],
        ['carol', null],
      ],
      [alice, bob, carolAtLeft],
    ],
    [
      [[null, 'bob'], ['carol']],
      [bob, carolAtLeft],
    ],
    [
      [
        ['alice', null],
        [null, null],
      ],
      [alice],
    ],
    [
      ['alice', 'bob', 'carol'],
      [alice, bob, carolAtLeft],
    ],
  ])('finds none in %j', (expected, seen) => {
    expect(firstWrongCell(expected, seen)).toBeUndefined();
  });

  it.each<[ExpectedGrid, readonly SeenBot[], object]>([
    [[['bob', 'alice']], [alice, bob], { row: 1, column: 1, expected: 'bob', actual: 'alice' }],
    [[['alice', 'bob'], ['carol']], [alice, bob], { row: 2, column: 1, expected: 'carol', actual: null }],
    [[['alice', null]], [alice, bob], { row: 1, column: 2, expected: null, actual: 'bob' }],
    [
      [[null, 'alice'], ['carol']],
      [alice, carolAtLeft],
      { row: 1, column: 1, expected: null, actual: 'alice' },
    ],
    [[['alice'], ['bob']], [alice, bob], { row: 1, column: 1 }],
    [['alice', 'bob'], [alice], { row: undefined, column: 2, expected: 'bob', actual: null }],
    [['alice'], [alice, bob], { row: undefined, column: 2, expected: null, actual: 'bob' }],
    [['alice'], [bot('alice', 0, 0, 1, 1, false)], { column: 1, actual: 'alice (mirrored)' }],
    [[['alice']], [bot('alice', 0, 0, 1, 1, false)], { row: 1, column: 1, actual: 'alice (mirrored)' }],
    // Between the cell at the left and the one in the middle.
    [
      [
        ['alice', 'bob'],
        ['carol', null],
      ],
      [alice, bob, bot('carol', 0.25, 1)],
      { row: 2, actual: 'carol' },
    ],
    // In the middle, on either side of where the cells at the left meet.
    ...[-1e-4, 1e-4].map((off): [ExpectedGrid, readonly SeenBot[], object] => [
      [['alice', 'bob'], ['bob']],
      [alice, bob, bot('carol', 0.5 + off, 1)],
      { row: 2, column: 1, expected: 'bob', actual: 'carol' },
    ]),
    [
      [['alice', 'bob']],
      [alice, bot('alice', 1, 0)],
      { row: 1, column: 2, expected: 'bob', actual: 'alice' },
    ],
  ])('finds it in %j', (expected, seen, wrong) => {
    expect(firstWrongCell(expected, seen)).toMatchObject(wrong);
  });
});

describe('requireGrid', () => {
  it.each([[['alice', ['bob']]], [[null]], [[]], [[[]]], [[7]]])('refuses %j', (grid) => {
    expect(() => requireGrid(grid as never)).toThrow('a grid');
  });
});
