import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import type { AccessUnit } from './access-unit.ts';
import { H264Decoder } from './h264-decoder.ts';
import { H264Error } from './h264-error.ts';
import { joinAnnexB, nalsOfAnnexB, nalType } from './nal.ts';
import { loadNodeAv } from './node-av.ts';
import { RtpDepacketizer } from './rtp-depacketizer.ts';
import { encodeAll, moving, toRtp } from './test-pictures.ts';
import { spsOf } from './test-sps.ts';

const nodeAv = await loadNodeAv();
const size = { width: 96, height: 64 };
const stream = await encodeAll(
  Array.from({ length: 4 }, (_, i) => moving(size, i)),
  { keyframeInterval: 2 },
);

/** Flips bytes, cuts packets short, leaves some out or makes them empty. */
function damagedPackets(random: () => number) {
  const packets = toRtp(stream, { maxBytes: 300 });
  const changes = 1 + Math.floor(random() * 8);
  for (let i = 0; i < changes; i += 1) {
    const at = Math.floor(random() * packets.length);
    const payload = Buffer.from(packets[at]!.payload);
    const kind = random();
    if (kind < 0.75 && payload.length > 0) payload[Math.floor(random() * payload.length)] = random() * 256;
    const length = kind < 0.75 ? payload.length : kind < 0.9 ? Math.floor(random() * payload.length) : 0;
    packets[at] = { ...packets[at]!, payload: payload.subarray(0, length) };
  }
  return random() < 0.3 ? packets.filter(() => random() > 0.02) : packets;
}

describe('hostile H.264', () => {
  it('never ends the process nor takes memory: 10,000 damaged streams', { timeout: 120_000 }, async () => {
    const random = seededRandom(20_24);
    const seen = { pictures: 0, errors: 0, incomplete: 0 };
    let residentBytes = 0;
    let decoder = H264Decoder.openSync(nodeAv);
    for (let variant = 0; variant < 10_000; variant += 1) {
      const take = ({ data, complete }: AccessUnit) => {
        if (!complete) seen.incomplete += 1;
        // Incomplete ones too, although a room leaves them out: the decoder must survive them.
        if (data.length === 0) return;
        try {
          if (decoder.decodeSync(data)) seen.pictures += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(H264Error);
          seen.errors += 1;
          decoder = H264Decoder.openSync(nodeAv);
        }
      };
      const depacketizer = new RtpDepacketizer({ onAccessUnit: take });
      for (const packet of damagedPackets(random)) depacketizer.push(packet, 0);
      depacketizer.advance(1000);
      // Memory of what is closed comes back between two turns of the event loop only.
      if (variant % 20 === 0) await setImmediate();
      if (variant === 3000) residentBytes = process.memoryUsage.rss();
    }
    decoder.close();
    expect(seen.pictures).toBeGreaterThan(5000);
    expect(seen.errors).toBeGreaterThan(1000);
    expect(seen.incomplete).toBeGreaterThan(100);
    const grownMb = (process.memoryUsage.rss() - residentBytes) / 2 ** 20;
    expect(grownMb).toBeLessThan(150);
  });

  it('does not make room for an 8K picture', async () => {
    const nals = [...nalsOfAnnexB(stream[0]!)];
    const huge = nals.map((nal) => (nalType(nal) === 7 ? spsOf({ width: 7680, height: 4320 }) : nal));
    const before = process.memoryUsage.rss();
    const decoder = await H264Decoder.open();
    await expect(decoder.decode(joinAnnexB(huge))).rejects.toThrow(/7680x4320/);
    expect(process.memoryUsage.rss() - before).toBeLessThan(30 * 2 ** 20);
  });

  it('refuses an 8K picture that hides behind a slice too', async () => {
    const nals = [...nalsOfAnnexB(stream[0]!)];
    const idr = nals.find((nal) => nalType(nal) === 5)!;
    const decoder = await H264Decoder.open();
    const hidden = joinAnnexB([...nals, spsOf({ width: 7680, height: 4320 }), nals[1]!, idr]);
    const taken = await decoder.decode(hidden).catch((error: unknown) => error);
    if (taken instanceof Error) expect(taken).toBeInstanceOf(H264Error);
    else expect(decoder.picture).toMatchObject(size);
    decoder.close();
  });

  it.each([
    ['an SPS of another size than the slices', () => spsOf({ width: 640, height: 480 })],
    ['an SPS that ends too early', () => spsOf(size).subarray(0, 5)],
    ['an SPS of nothing but its type', () => Buffer.of(0x67)],
  ])('ends the decoder at most: %s', async (_, sps) => {
    const nals = [...nalsOfAnnexB(stream[0]!)].map((nal) => (nalType(nal) === 7 ? sps() : nal));
    const decoder = await H264Decoder.open();
    await expect(decoder.decode(joinAnnexB(nals))).rejects.toThrow(H264Error);
  });

  it('refuses access units that are empty or endless', async () => {
    for (const bytes of [0, 9 * 2 ** 20]) {
      const decoder = await H264Decoder.open();
      await expect(decoder.decode(Buffer.alloc(bytes))).rejects.toThrow(/access unit/);
    }
  });
});
