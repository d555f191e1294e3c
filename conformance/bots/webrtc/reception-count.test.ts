import { describe, expect, it } from 'vitest';
import { ReceptionCount } from './reception-count.ts';

describe('ReceptionCount', () => {
  it('counts loss over wraps and forgives late packets', () => {
    const count = new ReceptionCount();
    for (const number of [65534, 0, 65535, 3]) count.add(1, number);
    expect(count.report()).toEqual({ ssrc: 1, fractionLost: 85, packetsLost: 2, highestSequence: 65539 });
    expect(count.report()?.fractionLost).toBe(0);
  });

  it('starts anew for another stream, and has nothing to say before one', () => {
    const count = new ReceptionCount();
    expect(count.report()).toBeUndefined();
    count.add(1, 10);
    count.add(1, 20);
    count.add(2, 500);
    expect(count.report()).toEqual({ ssrc: 2, fractionLost: 0, packetsLost: 0, highestSequence: 500 });
  });
});
