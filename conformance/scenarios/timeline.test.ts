import { expect, it } from 'vitest';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { render, toneLevelDbfs } from '../bots/signatures/render.ts';
import { levelsDuring, Timeline } from './timeline.ts';

const levelDbfs = -20;
const signature = toneSignature(0);
const sent = {
  name: 'alice',
  frequenciesHz: signature.frequenciesHz,
  toneLevelDbfs: toneLevelDbfs(signature, levelDbfs),
};

/** Three seconds, of which alice is heard from one moment to another; a packet comes when its first sample does. */
function heardBetween(fromSeconds: number, toSeconds: number) {
  const tone = render(signature, { seconds: 3, levelDbfs });
  const pcm = tone.map((sample, n) => (n >= fromSeconds * 48_000 && n < toSeconds * 48_000 ? sample : 0));
  const packets = Array.from({ length: 150 }, (_, n) => ({
    ...{ sequenceNumber: n, timestamp: n * 960, ssrc: 1, payload: Buffer.alloc(0) },
    arrivalNs: BigInt(n) * 20_000_000n,
  }));
  return { packets, pcm, offsets: packets.map(({ timestamp }) => timestamp), lostPackets: 0 };
}

it.each([
  ['all the time', 0, 3, 0],
  ['in the first 600 ms after the change only', 1, 1.6, -120],
  ['before the change only', 0, 1, -120],
  ['after the part only', 2.2, 3, -120],
  ['from 600 ms after the change to the end of the part', 1.6, 2.2, 0],
])('somebody who is heard %s has a level of %#', (_case, fromSeconds, toSeconds, gainDb) => {
  const part = { label: 'joined', fromNs: 1_000_000_000n, toNs: 2_200_000_000n };
  const [level] = levelsDuring(heardBetween(fromSeconds, toSeconds), part, [sent]);
  expect(level!.gainDb).toBeCloseTo(gainDb, 0);
});

it('notes when each part began and ended, in order', async () => {
  const timeline = new Timeline();
  await timeline.part('alone', async () => {});
  await timeline.part('joined', async () => {});
  const [alone, joined] = timeline.parts();
  expect([alone!.label, joined!.label]).toEqual(['alone', 'joined']);
  expect(alone!.toNs).toBeGreaterThanOrEqual(alone!.fromNs);
  expect(joined!.fromNs).toBeGreaterThanOrEqual(alone!.toNs);
});
