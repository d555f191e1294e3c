import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketQueue } from './packet-queue.ts';

/** A packet of a stream of 20 ms frames whose numbers wrap soon. */
function packet(index: number, ssrc = 1) {
  return {
    ssrc,
    sequenceNumber: (65_530 + index) & 0xffff,
    timestamp: (0xffff_f000 + index * 960) >>> 0,
    payload: Buffer.from([index & 0xff]),
  };
}

function takeAll(queue: PacketQueue): number[] {
  const taken: number[] = [];
  for (let next = queue.take(); next !== undefined; next = queue.take()) taken.push(next.payload[0]!);
  return taken;
}

describe('a queue of packets', () => {
  it('says of the first packet that it starts a stream, and of those that follow that they do not', () => {
    const queue = new PacketQueue();
    expect([0, 1, 2].map((index) => queue.push(packet(index), index))).toEqual([true, false, false]);
    expect(queue.length).toBe(3);
  });

  it('gives packets in order, numbers unwrapped, with their arrival', () => {
    const queue = new PacketQueue();
    for (const index of [0, 3, 1, 9, 7]) queue.push(packet(index), index * 10);
    expect(queue.head).toMatchObject({ sequence: 65_530, arrivalMs: 0 });
    expect(queue.newestTimestamp).toBe(0xffff_f000 + 9 * 960);
    const taken = Array.from({ length: 5 }, () => queue.take()!);
    expect(taken.map(({ sequence }) => sequence - 65_530)).toEqual([0, 1, 3, 7, 9]);
    expect(taken.map(({ timestamp }) => (timestamp - 0xffff_f000) / 960)).toEqual([0, 1, 3, 7, 9]);
    expect(taken.map(({ arrivalMs }) => arrivalMs)).toEqual([0, 10, 30, 70, 90]);
    expect(queue.take()).toBeUndefined();
  });

  it('drops and counts what came twice, and what came after its turn', () => {
    const queue = new PacketQueue();
    for (const index of [0, 2, 2]) queue.push(packet(index), 0);
    queue.take();
    queue.take();
    for (const index of [1, 2, 0, 3]) queue.push(packet(index), 0);
    expect(queue.dropped).toEqual({ duplicates: 1, late: 3 });
    expect(takeAll(queue)).toEqual([3]);
  });

  it('gives any order of a window back in sequence, each once', () => {
    const order = fc.shuffledSubarray(
      Array.from({ length: 60 }, (_, i) => i + 1),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(order, (indices) => {
        const queue = new PacketQueue();
        queue.push(packet(0), 0);
        for (const index of indices) queue.push(packet(index), 0);
        for (const index of indices) queue.push(packet(index), 0);
        expect(takeAll(queue)).toEqual([0, ...indices].sort((a, b) => a - b));
        expect(queue.dropped.duplicates).toBe(indices.length);
      }),
    );
  });

  it('believes in another stream when a second packet follows the first of it up', () => {
    const queue = new PacketQueue();
    queue.push(packet(0), 0);
    expect(queue.push(packet(100, 2), 1)).toBe(false);
    expect(queue.push(packet(102, 2), 2)).toBe(false);
    expect(queue.length).toBe(1);
    expect(queue.push(packet(103, 2), 3)).toBe(true);
    expect(takeAll(queue)).toEqual([103]);
  });

  it.each([
    ['sequence numbers', { sequenceNumber: 20_000 }, { sequenceNumber: 20_001 }],
    [
      'timestamps',
      { sequenceNumber: 65_531, timestamp: 0x4000_0000 },
      { sequenceNumber: 65_532, timestamp: 0x4000_03c0 },
    ],
  ])('takes a jump of the %s for another stream', (_, first, second) => {
    const queue = new PacketQueue();
    queue.push(packet(0), 0);
    expect(queue.push({ ...packet(1), ...first }, 1)).toBe(false);
    expect(queue.push({ ...packet(2), ...second }, 2)).toBe(true);
  });

  it('is not led to another stream by stray packets between those of its own', () => {
    const queue = new PacketQueue();
    for (let index = 0; index < 20; index += 1) {
      expect(queue.push(packet(index), 0)).toBe(index === 0);
      expect(queue.push(packet(500 + index, 2), 0)).toBe(false);
    }
    expect(takeAll(queue)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it('holds four hundred packets at the most, the newest', () => {
    const queue = new PacketQueue();
    for (let index = 0; index < 1000; index += 1) queue.push(packet(index), index);
    expect(queue.length).toBe(400);
    expect(queue.head!.arrivalMs).toBe(600);
    queue.push(packet(599), 0);
    expect(queue.dropped.late).toBe(1);
  });
});
