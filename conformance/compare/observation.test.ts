import { describe, expect, it } from 'vitest';
import { sameObservation } from './observation.ts';

describe('sameObservation', () => {
  it.each([
    ['200 {}', '200 {}', 'yes'],
    ['in m2-run-3f9c0a1b7d2e-room', 'in m2-run-00112233aabb-room', 'yes'],
    [
      '200 ["lobby","m2-run-3f9c0a1b7d2e-a","m2-run-3f9c0a1b7d2e-b"]',
      '200 ["lobby","m2-run-00112233aabb-a"]',
      'yes',
    ],
    ['200 ["m2-run-3f9c0a1b7d2e-a"]', '200 []', 'yes'],
    ['200 ["lobby"]', '200 []', 'no'],
    ['p50 31.5 ms of 200 packets', 'p50 −4 ms of 198 packets', 'figures'],
    ['at http://h:40123/x', 'at http://h:51234/x', 'figures'],
    ['200 {}', '404 {}', 'no'],
    ['count 3', 'count 4', 'no'],
    ['200 {"count":3}', '200 {"count":4}', 'no'],
    ['there for 15 s', 'there for 2 s', 'figures'],
    ['track a2', 'track a3', 'no'],
    ['200 {}', '200 []', 'no'],
    ['', 'something', 'no'],
  ])('takes %j and %j for the same: %s', (one, other, same) => {
    expect(sameObservation(one, other)).toBe(same);
  });
});
