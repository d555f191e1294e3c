import { describe, expect, it } from 'vitest';
import { StreamStatistics } from './stream-statistics.ts';

/** Packets of 20 ms and 100 bytes at 48 kHz, as they come: `[number, arrival in ms]`. */
function received(packets: readonly (readonly [sequenceNumber: number, arrivalMs: number])[], ssrc = 1) {
  const statistics = new StreamStatistics(48000);
  for (const [sequenceNumber, arrivalMs] of packets) {
    statistics.add({ ssrc, sequenceNumber, timestamp: sequenceNumber * 960, payloadBytes: 100 }, arrivalMs);
  }
  return statistics;
}

describe('StreamStatistics', () => {
  it('has nothing to say before the first packet', () => {
    expect(new StreamStatistics(48000).summary()).toBeUndefined();
  });

  it('finds nothing wrong with packets that come in time', () => {
    const packets = Array.from({ length: 51 }, (_, i) => [i, i * 20] as const);
    expect(received(packets).summary()).toEqual({
      packets: 51,
      lost: 0,
      reordered: 0,
      duplicates: 0,
      jitterMs: 0,
      bytes: 5100,
      // 50 packets of 100 bytes in a second.
      bitrateKbps: expect.closeTo(40, 6),
      largestGapMs: 20,
    });
  });

  it.each([
    ['a loss', [0, 1, 4, 5], { lost: 2, reordered: 0, duplicates: 0 }],
    ['one that comes late', [0, 2, 1, 3], { lost: 0, reordered: 1, duplicates: 0 }],
    ['one that comes twice', [0, 1, 1, 2], { lost: 0, reordered: 0, duplicates: 1 }],
    ['a late one that comes twice', [0, 2, 1, 1], { lost: 0, reordered: 1, duplicates: 1 }],
    ['one from before the first', [10, 9, 11], { lost: 0, reordered: 1, duplicates: 0 }],
    ['a wrap', [65534, 65535, 1, 0, 3], { lost: 1, reordered: 1, duplicates: 0 }],
    ['a jump and one long before it', [0, 3000, 1], { lost: 2999, reordered: 1, duplicates: 0 }],
  ])('counts %s', (_what, numbers, counts) => {
    expect(received(numbers.map((number, i) => [number, i * 20])).summary()).toMatchObject(counts);
  });

  it('goes on counting when the SSRC changes, whose numbers say nothing of the ones before', () => {
    const statistics = new StreamStatistics(48000);
    const packets = [
      [1, 100],
      [1, 102],
      [2, 40_000],
      [2, 40_002],
    ] as const;
    for (const [i, [ssrc, sequenceNumber]] of packets.entries()) {
      statistics.add({ ssrc, sequenceNumber, timestamp: sequenceNumber * 960, payloadBytes: 1 }, i * 40);
    }
    expect(statistics.summary()).toMatchObject({ packets: 4, lost: 2, jitterMs: 0 });
  });

  it('measures the jitter of RFC 3550 §6.4.1, and reports it in units of the timestamp', () => {
    const statistics = new StreamStatistics(48000);
    let expected = 0;
    for (let i = 0; i < 200; i += 1) {
      // Every second packet is 4 ms late, so that two neighbours are 16 or 24 ms apart: |D| is 4 ms.
      const arrivalMs = i * 20 + (i % 2) * 4;
      if (i > 0) expected += (4 - expected) / 16;
      statistics.add({ ssrc: 1, sequenceNumber: i, timestamp: i * 960, payloadBytes: 1 }, arrivalMs);
    }
    expect(statistics.summary()?.jitterMs).toBeCloseTo(expected, 6);
    expect(statistics.jitter).toBe(Math.floor(expected * 48));
    expect(statistics.summary()?.largestGapMs).toBeCloseTo(24, 6);
  });

  it('takes no jump of the timestamps for jitter, but their wrap for what it is', () => {
    const statistics = new StreamStatistics(48000);
    for (const [i, timestamp] of [2 ** 32 - 960, 0, 960, 900_000_000].entries()) {
      statistics.add({ ssrc: 1, sequenceNumber: i, timestamp, payloadBytes: 1 }, i * 20);
    }
    expect(statistics.summary()?.jitterMs).toBe(0);
  });
});
