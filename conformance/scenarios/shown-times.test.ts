import { expect, it } from 'vitest';
import type { FoundCell } from '../picture/find-cells.ts';
import { mayBeHeldUpHere, shownTimes } from './shown-times.ts';

/** Two seconds of pictures of bot 0, one of which stays for so long. */
function changes(longestMs: number, isSaturated: boolean) {
  const arrivals = Array.from({ length: 50 }, (_, n) => (n < 25 ? n * 40 : n * 40 + longestMs - 40));
  const canvases = arrivals.map((arrivalMs, frame) => ({
    ...{ arrivalMs, keyframe: false },
    cells: [{ bot: 0, frame } as FoundCell],
  }));
  return { first: { canvases }, moments: { steady: 0, end: arrivals.at(-1)! + 40 }, isSaturated };
}

it('takes a standstill for this machine’s only where that had no time left, and for one that is not far too long', () => {
  expect(mayBeHeldUpHere(changes(130, true), 120)).toBe(true);
  expect(mayBeHeldUpHere(changes(130, false), 120)).toBe(false);
  expect(mayBeHeldUpHere(changes(110, true), 120)).toBe(false);
  expect(mayBeHeldUpHere(changes(300, true), 120)).toBe(false);
  expect(mayBeHeldUpHere(changes(130, true), undefined)).toBe(false);
});

it('counts from the steady time on, and to the end', () => {
  const { first } = changes(200, false);
  const longestMs = (steady: number, end: number) =>
    Math.max(...shownTimes({ first, moments: { steady, end } }).map(({ durationMs }) => durationMs));
  expect(longestMs(0, 2160)).toBe(200);
  // The picture that stays is the one of 960 ms.
  expect(longestMs(1000, 2160)).toBe(40);
  expect(longestMs(1000, 2620)).toBe(500);
});
