import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JitterBuffer } from './jitter-buffer.ts';
import { amplitudeOf, largestStep, Talker } from './test-talker.ts';

const options = { blockSamples: 960, earlinessFloorMs: 5, maxDelayMs: 240 };

/** Plays packets that arrive at given times; block k is pulled at 20 k + 7 ms. */
function play(arrivals: readonly { packet: ReturnType<Talker['packet']>; atMs: number }[], blocks: number) {
  const buffer = new JitterBuffer(options);
  const sorted = [...arrivals].sort((a, b) => a.atMs - b.atMs);
  const pcm = new Int16Array(blocks * 960);
  const delaysMs: number[] = [];
  for (let block = 0; block < blocks; block += 1) {
    const nowMs = block * 20 + 7;
    while (sorted.length > 0 && sorted[0]!.atMs <= nowMs) {
      const { packet, atMs } = sorted.shift()!;
      buffer.push(packet, atMs);
    }
    buffer.pull(pcm.subarray(block * 960, (block + 1) * 960), nowMs);
    delaysMs.push(buffer.stats.delayMs);
  }
  return { buffer, pcm, delaysMs };
}

function steady(count: number, delayMs: (index: number) => number = () => 0, periodMs = 20) {
  const talker = new Talker(457);
  return Array.from({ length: count }, (_, i) => ({
    packet: talker.packet(),
    atMs: i * periodMs + delayMs(i),
  }));
}

/** Level of the tone in each block of 20 ms, relative to what was sent. */
function levels(pcm: Int16Array): number[] {
  return Array.from(
    { length: pcm.length / 960 },
    (_, block) => amplitudeOf(457, pcm.subarray(block * 960, (block + 1) * 960)) / 6000,
  );
}

describe('a jitter buffer', () => {
  it('plays an even stream without a hole and without loss', () => {
    const { buffer, pcm } = play(steady(100), 100);
    expect(Math.min(...levels(pcm).slice(3))).toBeGreaterThan(0.9);
    expect(buffer.stats).toMatchObject({ packetsLost: 0, packetsLate: 0, concealedSamples: 0 });
  });

  it('gives silence, and says so, before the first packet', () => {
    const buffer = new JitterBuffer(options);
    const out = Int16Array.from({ length: 960 }, () => 1);
    expect(buffer.pull(out, 0)).toBe(false);
    expect(out.every((sample) => sample === 0)).toBe(true);
  });

  it('puts packets that overtook each other back into order', () => {
    const inOrder = play(steady(60), 60).pcm;
    const swapped = steady(60).map((arrival, i) => ({
      ...arrival,
      atMs: i % 5 === 3 ? arrival.atMs + 21 : arrival.atMs + 20,
    }));
    const { buffer, pcm } = play(swapped, 61);
    expect(buffer.stats.packetsLost).toBe(0);
    expect(Math.min(...levels(pcm).slice(4, 59))).toBeGreaterThan(0.9);
    expect(Math.min(...levels(inOrder).slice(3))).toBeGreaterThan(0.9);
  });

  it('counts duplicates and plays them once', () => {
    const once = steady(50);
    const { buffer, pcm } = play([...once, ...once.map((a) => ({ ...a, atMs: a.atMs + 0.5 }))], 50);
    expect(buffer.stats.packetsDuplicate + buffer.stats.packetsLate).toBeGreaterThan(40);
    expect(pcm).toEqual(play(once, 50).pcm);
  });

  it('conceals single lost packets so that the tone goes on', () => {
    const { buffer, pcm } = play(
      steady(100).filter((_, i) => i % 10 !== 9),
      100,
    );
    expect(buffer.stats.packetsLost).toBeGreaterThanOrEqual(9);
    expect(Math.min(...levels(pcm).slice(3, 98))).toBeGreaterThan(0.5);
  });

  it('grows its delay under jitter until nothing comes too late, and brings it down again', () => {
    const jittery = (i: number) => (i < 300 ? ((i * 7) % 11) * 6 : 0);
    const { buffer, delaysMs, pcm } = play(steady(1800, jittery), 1800);
    const during = Math.max(...delaysMs.slice(200, 300));
    expect(during).toBeGreaterThan(20);
    expect(delaysMs.at(-1)).toBeLessThan(during);
    expect(delaysMs.at(-1)).toBeLessThanOrEqual(20);
    expect(buffer.stats.packetsLate).toBe(0);
    expect(Math.min(...levels(pcm).slice(100, 1795))).toBeGreaterThan(0.5);
  });

  it.each([0.998, 0.9995, 1.0005, 1.002])(
    'keeps delay and sound when the sender’s clock runs at %f of ours, over four minutes',
    (speed) => {
      const { buffer, delaysMs, pcm } = play(
        steady(12_000, () => 0, 20 / speed),
        11_900,
      );
      expect(Math.max(...delaysMs)).toBeLessThan(90);
      expect(buffer.stats.packetsLost).toBe(0);
      const holes = levels(pcm)
        .slice(3)
        .filter((level) => level < 0.5);
      expect(holes).toEqual([]);
    },
  );

  it('does not carry a stall of the network along as delay', () => {
    const stalled = steady(300, (i) => (i >= 100 && i < 175 ? (175 - i) * 20 : 0));
    const { delaysMs, buffer } = play(stalled, 300);
    expect(Math.max(...delaysMs.slice(180))).toBeLessThanOrEqual(options.maxDelayMs);
    expect(delaysMs.at(-1)).toBeLessThanOrEqual(60);
    expect(buffer.stats.skippedSamples).toBeGreaterThan(48_000);
  });

  it.each([
    ['stand still', 0, 19],
    ['run at half the speed', 480, 19],
    ['run at double speed', 1920, 19],
    ['run backwards', -960, 19],
    ['stand still in a flood of packets', 0, 5],
  ])('keeps its delay bounded when the sender’s timestamps %s', (_, stepSamples, periodMs) => {
    const [low, high] = [new Talker(457), new Talker(1013, 6000, 457)];
    const changeMs = 20_000;
    const arrivals = Array.from({ length: Math.ceil(22_000 / periodMs) }, (_, i) => {
      const atMs = i * periodMs;
      const { payload } = (atMs < changeMs ? low : high).packet();
      const timestamp = (1e9 + i * stepSamples) >>> 0;
      return { packet: { ssrc: 1, sequenceNumber: i & 0xffff, timestamp, payload }, atMs };
    });
    const { buffer, pcm, delaysMs } = play(arrivals, 1100);
    const oldTone = Array.from({ length: 1100 }, (_, i) =>
      amplitudeOf(457, pcm.subarray(i * 960, (i + 1) * 960)),
    );
    const lastHeardMs = oldTone.findLastIndex((amplitude) => amplitude > 600) * 20 + 20;
    expect(lastHeardMs - changeMs).toBeLessThanOrEqual(options.maxDelayMs + 60);
    expect(Math.max(...delaysMs)).toBeLessThanOrEqual(options.maxDelayMs + 20);
    expect(Math.min(...oldTone.slice(100, 990))).toBeGreaterThan(0);
    expect(buffer.stats.packetsWaiting).toBeLessThan(60);
  });

  it('does not ask for the same cut again and again while it cannot be made', () => {
    // Gaps of one sample between all packets: nothing can be cut in them.
    let shift = 0;
    const arrivals = steady(1600, (i) => (i < 60 ? ((i * 7) % 11) * 12 : 0)).map(({ packet, atMs }, i) => {
      if (i < 1000) shift += 1;
      return { packet: { ...packet, timestamp: (packet.timestamp + shift) >>> 0 }, atMs };
    });
    const { delaysMs } = play(arrivals, 1600);
    expect(delaysMs[900]).toBeGreaterThan(60);
    expect(delaysMs.at(-1)).toBeLessThanOrEqual(40);
  });

  it('falls silent when the sender does, and is back at the first packets after it', () => {
    const talker = new Talker(457);
    const early = Array.from({ length: 50 }, (_, i) => ({ packet: talker.packet(), atMs: i * 20 }));
    const late = Array.from({ length: 50 }, (_, i) => ({ packet: talker.packet(), atMs: 5000 + i * 20 }));
    const { pcm } = play([...early, ...late], 300);
    const level = levels(pcm);
    expect(Math.max(...level.slice(60, 249))).toBe(0);
    expect(Math.min(...level.slice(255))).toBeGreaterThan(0.9);
  });

  it('starts anew when the sender does, with another SSRC and other numbers', () => {
    const first = steady(50);
    const other = new Talker(457, 6000, 99);
    for (let i = 0; i < 20; i += 1) other.packet();
    const second = Array.from({ length: 50 }, (_, i) => ({ packet: other.packet(), atMs: 1000 + i * 20 }));
    const { pcm } = play([...first, ...second], 100);
    expect(Math.min(...levels(pcm).slice(56))).toBeGreaterThan(0.9);
    // No two samples of the tone itself differ by more than 360.
    expect(largestStep(pcm.subarray(960))).toBeLessThan(500);
  });

  it.each([120, 240, 480, 960, 2880])(
    'fades from one stream to the next without a click, in blocks of %i samples',
    (blockSamples) => {
      const buffer = new JitterBuffer({ ...options, blockSamples });
      const [one, other] = [new Talker(457), new Talker(691, 6000, 99)];
      const pcm = new Int16Array(48_000);
      for (let sent = 0, block = 0; (block + 1) * blockSamples <= pcm.length; block += 1) {
        const nowMs = ((block + 1) * blockSamples) / 48;
        for (; sent * 20 < nowMs; sent += 1) buffer.push((sent < 25 ? one : other).packet(), sent * 20);
        buffer.pull(pcm.subarray(block * blockSamples, (block + 1) * blockSamples), nowMs);
      }
      expect(amplitudeOf(457, pcm.subarray(9600, 19_200))).toBeGreaterThan(5000);
      expect(amplitudeOf(691, pcm.subarray(33_600, 43_200))).toBeGreaterThan(5000);
      // The second tone differs by up to 543 from sample to sample.
      expect(largestStep(pcm.subarray(4800, 45_000))).toBeLessThan(700);
    },
  );

  it('is not put off by stray packets of another stream', () => {
    const stray = { ssrc: 1, sequenceNumber: 17, timestamp: 5, payload: Buffer.from([1, 2, 3]) };
    const clean = play(steady(100), 100).pcm;
    const disturbed = play(
      [...steady(100), ...[300, 700, 1100].map((atMs) => ({ packet: stray, atMs }))],
      100,
    ).pcm;
    expect(disturbed).toEqual(clean);
  });

  it('survives any packets at any time, gives every block, and its memory and delay stay bounded', () => {
    const packet = fc.record({
      ssrc: fc.constantFrom(1, 2),
      sequenceNumber: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 65535 })),
      timestamp: fc.oneof(
        fc.integer({ min: 0, max: 60 }).map((n) => n * 960),
        fc.integer({ min: 0, max: 0xffff_ffff }),
      ),
      payload: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(packet, fc.constant('pull' as const)), { maxLength: 200 }), (steps) => {
        const buffer = new JitterBuffer(options);
        const out = new Int16Array(960);
        let nowMs = 0;
        for (const step of steps) {
          if (step !== 'pull') {
            buffer.push(step, nowMs);
            continue;
          }
          nowMs += 20;
          buffer.pull(out, nowMs);
          // A block is kept, and the packet it was taken from may have been one of 120 ms.
          expect(buffer.stats.delayMs).toBeLessThanOrEqual(options.maxDelayMs + 20 + 120);
          expect(buffer.stats.packetsWaiting).toBeLessThanOrEqual(400);
        }
        expect(buffer.stats.packetsLost).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });
});
