import { isDeepStrictEqual } from 'node:util';
import { rgbToYuv } from '../picture/colour-space.ts';
import type { ExpectedProfile } from '../targets/profile.ts';
import type { Outcome } from './clause.ts';

/** How far two values may be apart and still be the same; missing: they are equal. */
const isSameBy: Readonly<Record<string, (seen: unknown, expected: unknown) => boolean>> = {
  // Measured by a clock.
  'video.fps': within(1),
  'video.placeholderAfterMs': within(500),
  // Several colours of the web are one colour of a picture.
  'video.background': (seen, expected) => isDeepStrictEqual(yuvOf(seen), yuvOf(expected)),
};

/**
 * Judges by a profile what the documentation leaves open and a clause has only observed: `pass` where all that it
 * has seen is as the profile says, else `fail`. What the profile has no value for stays observed.
 */
export function judgeByProfile(outcome: Outcome, profile: ExpectedProfile | undefined): Outcome {
  if (profile === undefined || outcome.verdict !== 'observed') return outcome;
  const facts = Object.entries(outcome.facts ?? {}).filter(([path]) => profile.values.has(path));
  if (facts.length === 0) return outcome;
  const wrong = facts.filter(([path, seen]) => {
    const isSame = isSameBy[path] ?? isDeepStrictEqual;
    return !isSame(seen, profile.values.get(path));
  });
  const shown = wrong.length === 0 ? facts : wrong;
  const expected = shown.map(([path]) => `${path} ${JSON.stringify(profile.values.get(path))}`).join(', ');
  const seen = shown.map(([path, value]) => `${path} ${JSON.stringify(value)}`).join(', ');
  return {
    ...outcome,
    verdict: wrong.length === 0 ? 'pass' : 'fail',
    expected: `by ${profile.name}: ${expected}`,
    actual: wrong.length === 0 ? outcome.actual! : `${seen}; ${outcome.actual}`,
  };
}

function within(distance: number) {
  return (seen: unknown, expected: unknown) => Math.abs(Number(seen) - Number(expected)) <= distance;
}

function yuvOf(colour: unknown): unknown {
  const parts = [1, 3, 5].map((at) => Number.parseInt(String(colour).slice(at, at + 2), 16));
  return rgbToYuv({ red: parts[0]!, green: parts[1]!, blue: parts[2]! });
}
