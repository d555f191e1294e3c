import { describe, expect, it } from 'vitest';
import type { Contender } from './contender.ts';
import type { Figure } from './summary.ts';
import { audioNotes, audioTable } from './table.ts';

const measure = () => Promise.reject(new Error('not used'));
const contenders: readonly Contender[] = [
  { id: 'in-process', title: 'in-process', bar: { members: 40, cpuPerParticipantSecond: 0.006 }, measure },
  { id: 'janus', title: 'Janus', measure },
];

function figures(ownAt40: number | undefined): Figure[] {
  const figure = (contender: 'in-process' | 'janus', members: number, value: number | undefined): Figure => ({
    contender,
    members,
    cpuPerParticipantSecond: value,
    spread: 0.1,
    problems: [],
  });
  const holds = ownAt40 === undefined ? undefined : ownAt40 <= 0.006;
  return [
    figure('in-process', 10, 0.00512),
    figure('janus', 10, 0.0131),
    {
      ...figure('in-process', 40, ownAt40),
      bar: { members: 40, cpuPerParticipantSecond: 0.006, holds },
    },
    figure('janus', 40, 0.01),
  ];
}

describe('the table', () => {
  it('has a row for each size, a column for each contender and the bar beside', () => {
    expect(audioTable(contenders, figures(0.005))).toBe(
      [
        ' N   in-process       bar    Janus', //
        '10       0.0051             0.0131',
        '40       0.0050   ≤ 0.006   0.0100',
      ].join('\n'),
    );
  });

  it('shows a bar that does not hold, and a cell without a valid round', () => {
    expect(audioTable(contenders, figures(0.0071))).toContain('0.0071   > 0.006');
    expect(audioTable(contenders, figures(undefined))).toContain('invalid   ≤ 0.006');
  });
});

describe('the notes', () => {
  it('say whether the bar holds, and compare within the run', () => {
    expect(audioNotes(contenders, figures(0.005))).toEqual([
      'in-process, N=40: at most 0.006 is promised, measured 0.0050. The bar holds.',
      'In-process = 1 at N=40: Janus 2.00.',
      'Rounds of one cell are up to 10 % apart.',
    ]);
    expect(audioNotes(contenders, figures(0.0071))[0]).toMatch(/does not hold/);
    expect(audioNotes(contenders, figures(undefined))[0]).toMatch(/it was not measured/);
  });

  it('say so where the size of the bar was not asked for', () => {
    const [note] = audioNotes(contenders, figures(0.005).slice(0, 2));
    expect(note).toMatch(/that size was not asked for/);
  });

  it('say which rounds were left out and why', () => {
    const [first, ...others] = figures(0.005);
    const notes = audioNotes(contenders, [{ ...first!, problems: ['listeners got none'] }, ...others]);
    expect(notes).toContain('in-process, N=10, a round left out: listeners got none.');
  });
});
