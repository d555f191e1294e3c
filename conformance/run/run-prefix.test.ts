import { describe, expect, it } from 'vitest';
import { isOfSomeRun, runPrefix } from './run-prefix.ts';

describe('the prefix of a run', () => {
  it('is known again, and nothing else is', () => {
    for (let n = 0; n < 100; n += 1) {
      const prefix = runPrefix();
      expect(prefix).toMatch(/^m2-[0-9a-z]{5}-$/);
      expect(isOfSomeRun(`${prefix}room`)).toBe(true);
      expect(isOfSomeRun(`chat/${prefix}room`, 'chat/')).toBe(true);
      expect(isOfSomeRun(`chat/${prefix}room`)).toBe(false);
    }
    for (const name of ['room', 'm2-room', 'm2--x', 'm2-ABCDE-x', 'm2-abcdef-x', 'x-m2-abcde-x', '']) {
      expect(isOfSomeRun(name), name).toBe(false);
      expect(isOfSomeRun(`chat/${name}`, 'chat/'), name).toBe(false);
    }
  });
});
