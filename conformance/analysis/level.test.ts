import { describe, expect, it } from 'vitest';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { render } from '../bots/signatures/render.ts';
import { levelDbfs, peakDbfs } from './level.ts';
import { waveformEvidence } from './waveform.ts';

const tone = render(toneSignature(0), { seconds: 1, levelDbfs: -6 });

describe('levels', () => {
  it('of a sine are 3 dB below its peak', () => {
    expect(peakDbfs(tone)).toBeCloseTo(-6, 2);
    expect(levelDbfs(tone)).toBeCloseTo(-9.01, 2);
  });

  it('of silence and of nothing are the lowest there is', () => {
    expect(levelDbfs(new Float32Array(10))).toBe(-120);
    expect(levelDbfs(new Float32Array(0))).toBe(-120);
    expect(peakDbfs(new Float32Array(0))).toBe(-120);
  });
});

describe('a waveform for a report', () => {
  it('has the lowest and highest sample of each slice', () => {
    const evidence = waveformEvidence('w', Float32Array.of(0.5, -0.25, 1, 0.125, -1), { slices: 3 });
    expect(evidence).toEqual({
      type: 'waveform',
      title: 'w',
      durationSeconds: 5 / 48000,
      low: [-0.25, 0.125, -1],
      high: [0.5, 1, -1],
    });
  });

  it('has no more slices than asked, however long the recording', () => {
    expect(waveformEvidence('w', tone, { slices: 700 }).low.length).toBeLessThanOrEqual(700);
    expect(waveformEvidence('w', new Float32Array(0), { marks: [] })).toMatchObject({ low: [], marks: [] });
  });
});
