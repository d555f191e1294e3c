import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReceiveIndex, windowPackets } from './receive-index.ts';

describe('ReceiveIndex', () => {
  it('keeps the right rollover for any losses and delays below half the range', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1100, max: 30000 }), { maxLength: 60 }),
        fc.nat(65535),
        (steps, start) => {
          const index = new ReceiveIndex();
          let at = start;
          let highest = start;
          const seen = new Set<number>();
          for (const step of [0, ...steps]) {
            at = Math.max(start, highest + step);
            const estimated = index.estimate(at % 65536);
            if (seen.has(at) || at <= highest - windowPackets) {
              expect(estimated).toBeUndefined();
              continue;
            }
            expect(estimated).toEqual({ rollover: Math.floor(at / 65536), index: at });
            index.accept(estimated!);
            seen.add(at);
            highest = Math.max(highest, at);
          }
        },
      ),
    );
  });

  it('is not moved by packets that are not accepted', () => {
    const index = new ReceiveIndex();
    index.accept(index.estimate(100)!);
    index.estimate(30000);
    index.estimate(60000);
    expect(index.estimate(101)).toEqual({ rollover: 0, index: 101 });
  });
});
