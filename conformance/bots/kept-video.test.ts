import { expect, it } from 'vitest';
import { KeptVideo } from './kept-video.ts';
import type { ReceivedVideoPacket } from './process/messages.ts';

it('KeptVideo hands on what comes, and has all of it in the end', async () => {
  const portions = [[1, 2], [], [3], [4, 5]].map((numbers) =>
    numbers.map((sequenceNumber) => ({ sequenceNumber }) as ReceivedVideoPacket),
  );
  const kept = new KeptVideo({ takeVideo: async () => portions.shift() ?? [] });
  const numbersOf = (packets: readonly ReceivedVideoPacket[]) =>
    packets.map(({ sequenceNumber }) => sequenceNumber);
  expect(numbersOf(await kept.takeVideo())).toEqual([1, 2]);
  expect(await kept.takeVideo()).toEqual([]);
  expect(numbersOf(await kept.takeVideo())).toEqual([3]);
  expect(numbersOf(await kept.all())).toEqual([1, 2, 3, 4, 5]);
  expect(numbersOf(await kept.all())).toEqual([1, 2, 3, 4, 5]);
});
