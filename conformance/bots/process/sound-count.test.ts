import { describe, expect, it } from 'vitest';
import { SoundCount } from './sound-count.ts';

/** Packets of one 20 ms frame, of one 10 ms frame, of three 20 ms frames (RFC 6716 §3.1, §3.2). */
const payloads = { of20: [0xf8, 1], of10: [0xf0, 1], of60: [0xfb, 0x03, 1, 2, 3], none: [] };

type Packet = readonly [sequenceNumber: number, atMs: number, kind?: keyof typeof payloads, ssrc?: number];

function msOf(...packets: readonly Packet[]): number {
  const count = new SoundCount();
  for (const [sequenceNumber, atMs, kind = 'of20', ssrc = 1] of packets) {
    const payload = Uint8Array.from(payloads[kind]);
    count.add({ ssrc, sequenceNumber: sequenceNumber & 0xffff, timestamp: (atMs * 48) >>> 0, payload });
  }
  return count.ms;
}

describe('how long sound lasts', () => {
  it.each<[string, number, Packet[]]>([
    [
      'as packets say it',
      100,
      [
        [0, 0],
        [1, 20, 'of10'],
        [2, 30, 'of10'],
        [3, 40, 'of60'],
      ],
    ],
    [
      'with what is left out while nobody speaks',
      820,
      [
        [0, 0],
        [1, 400],
        [2, 800],
      ],
    ],
    [
      'with what is lost',
      100,
      [
        [0, 0],
        [4, 80],
      ],
    ],
    [
      'once for a packet that comes twice',
      40,
      [
        [0, 0],
        [0, 0],
        [1, 20],
        [1, 20],
        [0, 0],
      ],
    ],
    [
      'once for packets in another order',
      80,
      [
        [0, 0],
        [2, 40],
        [1, 20],
        [3, 60],
      ],
    ],
    [
      'on where numbers and timestamps begin again at 0',
      60,
      [
        [-1, -20],
        [0, 0],
        [1, 20],
      ],
    ],
    [
      'by each sender',
      80,
      [
        [0, 0],
        [9, 5, 'of20', 2],
        [1, 20],
        [10, 25, 'of20', 2],
      ],
    ],
    [
      'without a hole that is too long for a gap',
      40,
      [
        [0, 0],
        [1, 6000],
      ],
    ],
    [
      'on where a stream begins anew',
      60,
      [
        [5000, 90_000],
        [30, 1000],
        [31, 1020],
      ],
    ],
    [
      'by packets where timestamps stand still, so that nobody waits for ever',
      60,
      [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
    ],
    [
      'as the usual packet says where it is no Opus',
      40,
      [
        [0, 0, 'none'],
        [1, 20, 'none'],
      ],
    ],
  ])('counts %s', (_what, ms, packets) => {
    expect(msOf(...packets)).toBeCloseTo(ms, 6);
  });
});
