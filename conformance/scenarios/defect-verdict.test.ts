import { describe, expect, it } from 'vitest';
import type { CellDefect } from '../picture/defects.ts';
import { judgeDefects } from './defect-verdict.ts';

interface Step {
  readonly name: string;
  readonly defects: readonly CellDefect[];
}

function judged(...steps: readonly Step[]) {
  return judgeDefects<Step>({
    steps,
    defectsOf: ({ defects }) => defects,
    kinds: ['missing', 'doubled'],
    expected: 'everybody once',
    sound: 'so it is',
    textOf: (_step, { bot, detail }) => `${bot} ${detail}`,
    evidenceOf: (wrong) => [{ type: 'note', title: 'the first', text: wrong?.name ?? 'none' }],
  });
}

const missing = (bot: number): CellDefect => ({ kind: 'missing', bot, detail: 'is not there' });

describe('judgeDefects', () => {
  it('passes where nothing of what it is about is wrong', () => {
    const mirrored: CellDefect = { kind: 'mirrored', bot: 1, detail: 'is mirrored' };
    expect(judged({ name: 'one', defects: [mirrored] })).toMatchObject({
      verdict: 'pass',
      actual: 'so it is',
      evidence: [{ text: 'none' }],
    });
  });

  it('tells what is wrong, each once, with the canvas in which it was first', () => {
    const outcome = judged(
      { name: 'one', defects: [] },
      { name: 'two', defects: [missing(3)] },
      { name: 'three', defects: [missing(3), missing(4)] },
    );
    expect(outcome).toMatchObject({
      verdict: 'fail',
      expected: 'everybody once',
      actual: '3 is not there; 4 is not there',
      evidence: [{ text: 'two' }],
    });
  });

  it('tells six of many, and how many more there are', () => {
    const { actual } = judged({ name: 'one', defects: Array.from({ length: 9 }, (_, bot) => missing(bot)) });
    expect(actual).toBe(`${[0, 1, 2, 3, 4, 5].map((bot) => `${bot} is not there`).join('; ')}; and 3 more`);
  });
});
