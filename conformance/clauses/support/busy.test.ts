import { describe, expect, it } from 'vitest';
import { judgeTime } from './busy.ts';

describe('a time that is judged on a machine that may be busy', () => {
  it.each([
    ['within its bar', 60, 1, 'pass'],
    ['within its bar, with late bots', 60, 30, 'pass'],
    ['beyond its bar', 80, 1, 'fail'],
    ['beyond its bar, with late bots', 80, 5, 'error'],
    ['far beyond what the bots were late by', 400, 5, 'fail'],
    ['far beyond its bar, and the bots too', 400, 60, 'error'],
  ])('%s: %#', (_case, valueMs, latenessMs, verdict) => {
    const judgement = { expected: 'at most 70 ms', actual: `${valueMs} ms` };
    expect(judgeTime(valueMs, 70, latenessMs, judgement).verdict).toBe(verdict);
  });
});
