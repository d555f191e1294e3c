import { describe, expect, it } from 'vitest';
import { ReceiveStatistics } from './receive-statistics.ts';

const payload = Buffer.alloc(10);

/** Adds packets of 20 ms, sent on time and arriving `delaysMs` later. */
function addAll(
  statistics: ReceiveStatistics,
  numbers: readonly number[],
  delayMs = (_index: number) => 0,
  ssrc = 1,
) {
  for (const [index, number] of numbers.entries()) {
    const timestamp = (4294960000 + number * 960) % 2 ** 32;
    statistics.add(
      { ssrc, sequenceNumber: number % 65536, timestamp, payload },
      number * 20 + delayMs(index),
    );
  }
}

const range = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

describe('ReceiveStatistics', () => {
  it('counts packets and payload bytes', () => {
    const statistics = new ReceiveStatistics();
    addAll(statistics, range(5, 10));
    expect(statistics).toMatchObject({ packets: 10, bytes: 100, packetsLost: 0 });
  });

  it('finds no jitter in packets that are all equally late', () => {
    const statistics = new ReceiveStatistics();
    addAll(statistics, range(0, 200), () => 30);
    expect(statistics.jitterMs).toBeLessThan(0.02);
  });

  it('comes to the mean difference of delays', () => {
    const statistics = new ReceiveStatistics();
    addAll(statistics, range(0, 500), (index) => (index % 2) * 8);
    expect(statistics.jitterMs).toBeCloseTo(8, 1);
  });

  it('counts loss over wraps, and late packets as not lost', () => {
    const statistics = new ReceiveStatistics();
    addAll(statistics, [65533, 65535, 65534, 65537, 65540]);
    expect(statistics.packetsLost).toBe(3);
    expect(statistics.report()).toMatchObject({ packetsLost: 3, highestSequence: 65540, fractionLost: 96 });
  });

  it('reports the loss since the last report', () => {
    const statistics = new ReceiveStatistics();
    addAll(statistics, [0, 1, 2, 3, 6, 7]);
    expect(statistics.report()?.fractionLost).toBe(64);
    addAll(statistics, [8, 9]);
    expect(statistics.report()).toMatchObject({ fractionLost: 0, packetsLost: 2 });
    expect(statistics.report()).toMatchObject({ fractionLost: 0, packetsLost: 2 });
  });

  it('keeps the loss of a stream when another follows', () => {
    const statistics = new ReceiveStatistics();
    addAll(statistics, [0, 2]);
    addAll(statistics, [40000, 40001, 40003], undefined, 2);
    expect(statistics).toMatchObject({ packets: 5, packetsLost: 2 });
    expect(statistics.report()?.ssrc).toBe(2);
  });

  it('takes a far jump for a new beginning, not for loss', () => {
    const statistics = new ReceiveStatistics();
    addAll(statistics, [0, 1, 20000, 20001]);
    expect(statistics.packetsLost).toBe(0);
  });

  it('has nothing to report before the first packet', () => {
    expect(new ReceiveStatistics().report()).toBeUndefined();
  });
});
