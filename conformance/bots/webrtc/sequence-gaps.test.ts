import { describe, expect, it } from 'vitest';
import { SequenceGaps } from './sequence-gaps.ts';

describe('SequenceGaps', () => {
  it('names what did not come, once, over the wrap', () => {
    const gaps = new SequenceGaps();
    const found = [65530, 65531, 65534, 65533, 2, 65535, 3, 3].map((number) => gaps.add(1, number));
    expect(found).toEqual([[], [], [65532, 65533], [], [65535, 0, 1], [], [], []]);
  });

  it('names nothing where a stream begins or jumps', () => {
    const gaps = new SequenceGaps();
    expect([gaps.add(1, 10), gaps.add(2, 50), gaps.add(2, 1000), gaps.add(2, 1002)]).toEqual([
      [],
      [],
      [],
      [1001],
    ]);
  });
});
