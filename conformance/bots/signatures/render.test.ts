import { describe, expect, it } from 'vitest';
import { OpusDecoder } from '../../../media/opus.ts';
import { peakDbfs } from '../../analysis/level.ts';
import { concatSamples, floatFromInt16 } from '../../analysis/samples.ts';
import { levelsOf } from '../../analysis/tone-levels.ts';
import { bandProbeSignature, lagChirpSignature, toneBotCount, toneSignature } from './catalogue.ts';
import { encodeLoop } from './encode-loop.ts';
import { render, toneLevelDbfs } from './render.ts';

const signatures = [toneSignature(0), toneSignature(toneBotCount - 1), bandProbeSignature, lagChirpSignature];

describe('a rendered signature', () => {
  it.each(signatures)('$name fills whole frames and keeps to its level', (signature) => {
    const samples = render(signature, { seconds: 1, levelDbfs: -1 });
    expect(samples.length % 960).toBe(0);
    expect(peakDbfs(samples)).toBeLessThanOrEqual(-0.999);
    expect(peakDbfs(samples)).toBeGreaterThan(-5);
  });

  it.each(signatures)('$name has no seam', (signature) => {
    const once = render(signature, { seconds: 1, levelDbfs: -1 });
    const twice = render(signature, { seconds: 2, levelDbfs: -1 });
    const seam = concatSamples([once, once]);
    for (let n = 0; n < seam.length; n++) {
      if (Math.abs(seam[n]! - twice[n]!) > 1e-4) throw new Error(`${signature.name} differs at sample ${n}`);
    }
  });

  it.each([
    ['a loop that is no whole frame', toneSignature(0), 0.01, -6, /20 ms frames/],
    ['a loop of broken cycles', toneSignature(0), 0.5, -6, /whole number of cycles of 333/],
    ['a loop of broken periods', lagChirpSignature, 1.5, -6, /whole number of 1 s/],
    ['no length', toneSignature(0), 0, -6, /20 ms frames/],
    ['more than full scale', toneSignature(0), 1, 3, /above full scale/],
  ])('is refused for %s', (_, signature, seconds, levelDbfs, reason) => {
    expect(() => render(signature, { seconds, levelDbfs })).toThrow(reason);
  });
});

describe('an encoded loop', () => {
  it('can be sent round and round: the seam does not show', () => {
    const signature = toneSignature(1);
    const packets = encodeLoop(render(signature, { seconds: 1, levelDbfs: -12 }));
    expect(packets).toHaveLength(50);
    const decoder = new OpusDecoder();
    const heard = [0, 1, 2].flatMap(() => packets.map((packet) => floatFromInt16(decoder.decode(packet))));
    const [level] = levelsOf(concatSamples(heard.slice(10)), [
      { ...signature, toneLevelDbfs: toneLevelDbfs(signature, -12) },
    ]);
    expect(Math.abs(level!.lowestDb)).toBeLessThan(0.1);
    expect(Math.abs(level!.highestDb)).toBeLessThan(0.1);
  });

  it('has to be a whole number of frames', () => {
    expect(() => encodeLoop(new Float32Array(1000))).toThrow(/1000 samples/);
    expect(() => encodeLoop(new Float32Array(0))).toThrow(RangeError);
  });
});

describe('the catalogue', () => {
  it('has twelve bots, and no more', () => {
    expect(toneBotCount).toBe(12);
    expect(() => toneSignature(12)).toThrow(/bot 12/);
  });

  it('says how loud each of several tones is', () => {
    expect(toneLevelDbfs(bandProbeSignature, -6)).toBeCloseTo(-19.98, 2);
  });
});
