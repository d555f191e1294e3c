import { describe, expect, it } from 'vitest';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { loudDbfs, quietDbfs, render, toneLevelDbfs } from '../bots/signatures/render.ts';
import { dbToAmplitude } from './decibels.ts';
import { concatSamples } from './samples.ts';
import { mixOf, type Overload, opusLeg } from './testing/opus-leg.ts';
import { levelsOf, type SentTones } from './tone-levels.ts';

/** One second for codecs to settle, 2.5 s that are measured, and a frame to lose. */
const seconds = 4;
const measured = [48000, 48000 + 120000 + 960] as const;

const published = new Map<string, Float32Array>();

/** A bot's tone as it reaches the mixer; encoding is dear and the same for many tests. */
function publishedTone(bot: number, levelDbfs: number): Float32Array {
  const key = `${bot} ${levelDbfs}`;
  const known = published.get(key) ?? opusLeg(render(toneSignature(bot), { seconds, levelDbfs }));
  published.set(key, known);
  return known;
}

function sentBy(bots: number, levelDbfs: number): SentTones[] {
  return Array.from({ length: bots }, (_, bot) => {
    const signature = toneSignature(bot);
    return {
      name: signature.name,
      frequenciesHz: signature.frequenciesHz,
      toneLevelDbfs: toneLevelDbfs(signature, levelDbfs),
    };
  });
}

interface Room {
  readonly bots: number;
  readonly levelDbfs: number;
  /** Level of the listener's own voice in its mix; none when missing. */
  readonly leakDb?: number;
  readonly overload?: Overload;
  readonly bitrateKbps?: number;
  readonly sampleRateHz?: number;
}

/** What the member `own` hears, through both legs. */
function trackOf(own: number, room: Room): Float32Array {
  const leak = room.leakDb === undefined ? 0 : dbToAmplitude(room.leakDb);
  const sources = Array.from({ length: room.bots }, (_, bot) => publishedTone(bot, room.levelDbfs));
  const gains = sources.map((_, bot) => (bot === own ? leak : 1));
  return opusLeg(mixOf(sources, gains, room.overload), room).subarray(...measured);
}

function measure(own: number, room: Room) {
  const levels = levelsOf(trackOf(own, room).subarray(0, 120000), sentBy(room.bots, room.levelDbfs));
  return { own: levels[own]!, others: levels.filter((_, bot) => bot !== own) };
}

describe('levels of tones without a codec', () => {
  it('are exact, whatever the phases', () => {
    const [a, b] = [0, 1].map((bot) => render(toneSignature(bot), { seconds: 1, levelDbfs: -20 })) as [
      Float32Array,
      Float32Array,
    ];
    const mix = mixOf([a, b], [0.5, 1]).subarray(777);
    const levels = levelsOf(mix, sentBy(3, -20));
    expect(levels[0]!.gainDb).toBeCloseTo(-6.02, 2);
    expect(levels[1]!.gainDb).toBeCloseTo(0, 3);
    expect(levels[2]!.gainDb).toBeLessThan(-100);
  });

  it('say nothing is heard in silence', () => {
    for (const level of levelsOf(new Float32Array(48000), sentBy(4, quietDbfs))) {
      expect(level.gainDb).toBe(-120);
      expect(level.highestDb).toBe(-120);
    }
  });

  it('show a leak that comes and goes in the loudest segment', () => {
    const tone = render(toneSignature(0), { seconds: 1, levelDbfs: -20 });
    const levels = levelsOf(concatSamples([new Float32Array(96000), tone]), sentBy(2, -20));
    expect(levels[0]!.highestDb).toBeCloseTo(0, 1);
    expect(levels[0]!.lowestDb).toBe(-120);
  });

  it('give each tone of a signature by itself', () => {
    const both = { name: 'two', frequenciesHz: [333, 2628], toneLevelDbfs: -20 };
    const levels = levelsOf(render(toneSignature(0), { seconds: 1, levelDbfs: -20 }), [both]);
    expect(levels[0]!.tonesDb[0]).toBeCloseTo(0, 3);
    expect(levels[0]!.tonesDb[1]).toBeLessThan(-100);
    expect(levels[0]!.gainDb).toBeCloseTo(-3.01, 2);
  });

  it('are exact up to a slip, and after it', () => {
    const tone = render(toneSignature(0), { seconds: 3, levelDbfs: -20 });
    for (const at of [50_000, 95_000]) {
      const [level] = levelsOf(
        concatSamples([tone.subarray(0, at), tone.subarray(at + 500)]),
        sentBy(1, -20),
      );
      expect(level!.gainDb).toBeCloseTo(0, 2);
    }
  });

  it('are those of most segments where there is a slip in each of them', () => {
    // Pieces of half a segment hold 83 cycles and a quarter: each begins out of step with the one before.
    const piece = render(toneSignature(0), { seconds: 1, levelDbfs: -20 }).subarray(0, 12_000);
    const pieces = Array.from({ length: 9 }, () => piece);
    const soft = pieces.map((one, n) => (n < 2 ? one.map((sample) => sample / 10) : one));
    const [level] = levelsOf(concatSamples(soft), sentBy(1, -20));
    expect(level!.gainDb).toBeGreaterThan(-4);
    expect(level!.lowestDb).toBeLessThan(-20);
  });

  it('are refused for too short a recording and for a tone of two bots', () => {
    expect(() => levelsOf(new Float32Array(100), sentBy(1, -20))).toThrow(/needs 24000 samples/);
    expect(() => levelsOf(new Float32Array(48000), [...sentBy(1, -20), ...sentBy(1, -20)])).toThrow(/share/);
  });
});

describe('levels of tones through two Opus legs', () => {
  it.each([
    { bots: 3, leakDb: -20, tolerance: 0.3 },
    { bots: 3, leakDb: -40, tolerance: 0.7 },
    { bots: 3, leakDb: -50, tolerance: 1.5 },
    { bots: 5, leakDb: -20, tolerance: 0.3 },
    { bots: 5, leakDb: -40, tolerance: 0.7 },
    { bots: 5, leakDb: -50, tolerance: 1.5 },
  ])('read a leak of $leakDb dB among $bots as what it is', ({ bots, leakDb, tolerance }) => {
    for (const own of [0, bots - 1]) {
      const { own: leak, others } = measure(own, { bots, levelDbfs: quietDbfs, leakDb });
      expect(Math.abs(leak.gainDb - leakDb)).toBeLessThan(tolerance);
      for (const other of others) expect(Math.abs(other.gainDb)).toBeLessThan(0.3);
    }
  });

  it.each([3, 5])('see an absent one of %i below -65 dB at 64 kbit/s', (bots) => {
    for (let own = 0; own < bots; own++) {
      expect(measure(own, { bots, levelDbfs: quietDbfs }).own.gainDb).toBeLessThan(-65);
    }
  });

  it('see an absent one below -40 dB and the others within 6 dB at 16 kbit/s', () => {
    for (let own = 0; own < 5; own++) {
      const { own: absent, others } = measure(own, { bots: 5, levelDbfs: quietDbfs, bitrateKbps: 16 });
      expect(absent.gainDb).toBeLessThan(-40);
      for (const other of others) expect(Math.abs(other.gainDb)).toBeLessThan(6.5);
    }
  });

  it('do as well in a narrowband room', () => {
    const { own, others } = measure(1, { bots: 6, levelDbfs: quietDbfs, sampleRateHz: 8000 });
    expect(own.gainDb).toBeLessThan(-65);
    for (const other of others) expect(Math.abs(other.gainDb)).toBeLessThan(0.3);
  });

  it('are not fooled by a frame that was left out', () => {
    for (const [leakDb, tolerance] of [
      [-20, 0.3],
      [-40, 0.7],
    ] as const) {
      const track = trackOf(2, { bots: 5, levelDbfs: quietDbfs, leakDb });
      const slipped = concatSamples([track.subarray(0, 50000), track.subarray(50960)]);
      const levels = levelsOf(slipped, sentBy(5, quietDbfs));
      expect(Math.abs(levels[2]!.gainDb - leakDb)).toBeLessThan(tolerance);
      expect(Math.abs(levels[0]!.gainDb)).toBeLessThan(0.3);
    }
  });
});

describe('levels of five loud tones through two Opus legs', () => {
  it('stay below -52 dB for an absent one where the mixer limits, and the others lose 5 to 6 dB', () => {
    for (let own = 0; own < 5; own++) {
      const { own: absent, others } = measure(own, { bots: 5, levelDbfs: loudDbfs });
      expect(absent.gainDb).toBeLessThan(-52);
      for (const other of others) {
        expect(other.gainDb).toBeGreaterThan(-6.2);
        expect(other.gainDb).toBeLessThan(-4.8);
      }
    }
  });

  it('fall by more than 12 dB where the mixer wraps around', () => {
    const { others } = measure(0, { bots: 5, levelDbfs: loudDbfs, overload: 'wrap' });
    for (const other of others) expect(other.gainDb).toBeLessThan(-12);
  });

  it('show the own voice where the mixer limits before it subtracts', () => {
    const sources = Array.from({ length: 5 }, (_, bot) => publishedTone(bot, loudDbfs));
    const limited = mixOf(sources, [1, 1, 1, 1, 1]);
    const track = opusLeg(mixOf([limited, sources[0]!], [1, -1])).subarray(...measured);
    const [own] = levelsOf(track, sentBy(5, loudDbfs));
    expect(own!.gainDb).toBeGreaterThan(-20);
  });
});
