import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SequenceIndex } from './sequence-index.ts';

describe('SequenceIndex', () => {
  it('counts from the first packet on, over the wrap of numbers', () => {
    const numbers = new SequenceIndex();
    const indexes = [65534, 65535, 0, 1, 5].map((number) => numbers.place(number));
    expect(indexes).toEqual([0, 1, 2, 3, 7].map((index) => ({ index, attempt: 0 })));
  });

  it('knows a packet that is late from one that is sent again', () => {
    const numbers = new SequenceIndex();
    const places = [10, 12, 11, 12, 12, 9].map((number) => numbers.place(number));
    expect(places).toEqual([
      { index: 0, attempt: 0 },
      { index: 2, attempt: 0 },
      { index: 1, attempt: 0 },
      { index: 2, attempt: 1 },
      { index: 2, attempt: 2 },
      { index: -1, attempt: 0 },
    ]);
  });

  it('forgets what is long past, and begins to count attempts anew', () => {
    const numbers = new SequenceIndex();
    numbers.place(0);
    numbers.place(2048);
    expect(numbers.place(0)).toEqual({ index: 0, attempt: 0 });
    expect(numbers.place(0)).toEqual({ index: 0, attempt: 0 });
    expect(numbers.place(2048)).toEqual({ index: 2048, attempt: 1 });
  });

  it('gives every packet of a stream its place, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.nat(65535), fc.array(fc.nat(400), { minLength: 1 }), (first, offsets) => {
        const numbers = new SequenceIndex();
        const seen = new Map<number, number>();
        const begin = offsets[0]!;
        for (const offset of offsets) {
          const attempt = seen.get(offset) ?? 0;
          seen.set(offset, attempt + 1);
          expect(numbers.place((first + offset) % 65536)).toEqual({ index: offset - begin, attempt });
        }
      }),
    );
  });

  it('takes hostile numbers without end', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(65535), { maxLength: 200 }), (sequenceNumbers) => {
        const numbers = new SequenceIndex();
        for (const number of sequenceNumbers) {
          const { index, attempt } = numbers.place(number);
          expect(Number.isSafeInteger(index) && attempt <= 255).toBe(true);
        }
      }),
    );
  });
});
