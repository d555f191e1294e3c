import { describe, expect, it } from 'vitest';
import { isOfSomeRun, runPrefix } from './run-prefix.ts';

describe('the prefix of a run', () => {
  it('is known again', () => {
    for (let n = 0; n < 100; n += 1) {
      const prefix = runPrefix();
      expect(prefix).toMatch(/^m2-run-[0-9a-f]{12}-$/);
      expect(isOfSomeRun(`${prefix}room`)).toBe(true);
      expect(isOfSomeRun(`chat/${prefix}room`, 'chat/')).toBe(true);
      expect(isOfSomeRun(`chat/${prefix}room`)).toBe(false);
    }
  });

  it.each([
    ...['room', 'm2-cam-front', 'm2-abc12-room', 'm2-run-1', 'm2-run-camera', 'm2-run-front-camera-', ''],
    ...['m2-run-3f9c0a1b7d2-x', 'm2-run-3f9c0a1b7d2ef-x', 'm2-run-3F9C0A1B7D2E-x', 'm2-run-3f9c0a1b7d2g-x'],
    ...['m2-run-3f9c0a1b7d2e', 'm2-3f9c0a1b7d2e-x', 'x-m2-run-3f9c0a1b7d2e-x', 'm2-run--3f9c0a1b7d2e-x'],
  ])('is not seen in %j', (name) => {
    expect(isOfSomeRun(name)).toBe(false);
    expect(isOfSomeRun(`chat/${name}`, 'chat/')).toBe(false);
  });
});
