import { describe, expect, it } from 'vitest';
import { PlayoutControl } from './playout-control.ts';

const blockMs = 20;

/** A control that is told of blocks of 20 ms; times go on from call to call. */
function controlled() {
  const control = new PlayoutControl({ earlinessFloorMs: 10, blockSamples: blockMs * 48 });
  let nowMs = 0;
  return {
    starve: () => control.starved(nowMs),
    /** @returns when something could be spared and how much, in ms */
    play(blocks: number, earlinessMs: (block: number) => number, leftSamples = 0): [number, number][] {
      const spared: [number, number][] = [];
      for (let block = 0; block < blocks; block += 1) {
        const samples = control.samplesToSpare(nowMs);
        if (samples !== undefined && samples > 0) spared.push([nowMs, samples / 48]);
        control.played(earlinessMs(block));
        control.left(leftSamples);
        nowMs += blockMs;
      }
      return spared;
    },
  };
}

describe('the control of a playout', () => {
  it('spares the blocks by which every packet of a window was too early', () => {
    expect(controlled().play(60, (block) => (block === 30 ? 80 : 100))).toEqual([[1000, 60]]);
  });

  it('spares nothing where one packet of the window was just in time', () => {
    expect(controlled().play(150, (block) => (block % 40 === 7 ? 30 : 200))).toEqual([]);
  });

  it('keeps a margin of half as much again as the least earliness', () => {
    expect(controlled().play(60, () => 34.9)).toEqual([]);
    expect(controlled().play(60, () => 35)).toEqual([[1000, 20]]);
  });

  it('spares decoded sound that is left over when a block has been played', () => {
    expect(controlled().play(60, () => 12, 960)).toEqual([[1000, 20]]);
    expect(controlled().play(60, () => 12, 479)).toEqual([]);
  });

  it('says nothing between the ends of windows, and zero at the end of one without excess', () => {
    const control = new PlayoutControl({ earlinessFloorMs: 5, blockSamples: 960 });
    expect(control.samplesToSpare(0)).toBeUndefined();
    expect(control.samplesToSpare(999)).toBeUndefined();
    expect(control.samplesToSpare(1000)).toBe(0);
    expect(control.samplesToSpare(1001)).toBeUndefined();
  });

  it('begins a window anew when nothing was there to be played', () => {
    const { play, starve } = controlled();
    expect(play(40, () => 100)).toEqual([]);
    starve();
    expect(play(60, () => 100)).toEqual([[1800, 80]]);
  });

  it('waits twice as long each time a shorter delay proved too short, up to 16 s, and less when calm', () => {
    const { play, starve } = controlled();
    const roundMs = 18_000;
    let startMs = 0;
    const waitMs = () => {
      const [first] = play(roundMs / blockMs, () => 100);
      const waited = first![0] - startMs;
      startMs += roundMs;
      return waited;
    };
    const waits = Array.from({ length: 6 }, () => {
      const waited = waitMs();
      starve();
      return waited;
    });
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 16_000]);
    const calmMs = 2 * 32_000;
    expect(play(calmMs / blockMs, () => 20)).toEqual([]);
    startMs += calmMs;
    expect(waitMs()).toBeLessThanOrEqual(2000);
  });
});
