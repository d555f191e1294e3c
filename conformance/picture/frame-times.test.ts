import { describe, expect, it } from 'vitest';
import {
  backwardSteps,
  firstPictureAfterMs,
  flashOnsetsMs,
  frameStep,
  freezes,
  longestStandstillMs,
  newFramesPerSecond,
  pictureDelaysMs,
  standstills,
} from './frame-times.ts';

/** A canvas of 25 fps that shows these frames one after the other. */
const shown = (...frames: readonly number[]) =>
  frames.map((frame, n) => ({ frame, arrivalMs: 1000 + 40 * n }));

describe('freezes', () => {
  it('are none where every picture is new', () => {
    expect(longestStandstillMs(shown(1, 2, 3, 4))).toBe(40);
    expect(freezes(shown(1, 2, 3, 4), 120)).toEqual([]);
  });

  it('are found with the frame that stayed', () => {
    const [freeze, ...others] = freezes(shown(7, 8, 8, 8, 8, 9, 10), 120);
    expect(freeze).toEqual({ frame: 8, fromMs: 1040, toMs: 1200, durationMs: 160, lasting: false });
    expect(others).toEqual([]);
  });

  it('are found where the canvas itself stops, and where the bot is not read for a while', () => {
    const gap = [...shown(1, 2), { frame: 9, arrivalMs: 1500 }];
    expect(freezes(gap, 120).map(({ durationMs }) => durationMs)).toEqual([460]);
  });

  it('last where the picture never moves again', () => {
    expect(freezes(shown(1, 2, 2, 2, 2, 2), 120)[0]).toMatchObject({
      frame: 2,
      durationMs: 160,
      lasting: true,
    });
    expect(freezes(shown(1, 2), 120, 2000)[0]).toMatchObject({ frame: 2, durationMs: 960, lasting: true });
  });

  it('are not found in nothing', () => {
    expect(standstills([])).toEqual([]);
    expect(longestStandstillMs([])).toBe(0);
  });
});

describe('frame numbers', () => {
  it('are compared over the seam', () => {
    expect(frameStep(65535, 0)).toBe(1);
    expect(frameStep(0, 65535)).toBe(-1);
    expect(frameStep(10, 14)).toBe(4);
    expect(backwardSteps(shown(65534, 65535, 0, 1))).toBe(0);
    expect(backwardSteps(shown(5, 6, 5, 6))).toBe(1);
  });

  it('give the rate of new pictures', () => {
    expect(newFramesPerSecond(shown(1, 2, 3, 4, 5))).toBeCloseTo(25);
    expect(newFramesPerSecond(shown(1, 1, 2, 2, 3))).toBeCloseTo(12.5);
    expect(newFramesPerSecond(shown(1, 1))).toBeUndefined();
  });
});

describe('delays', () => {
  it('are from sending to being seen first', () => {
    const sent = new Map([
      [1, 940],
      [2, 980],
      [4, 1060],
    ]);
    expect(pictureDelaysMs(sent, shown(1, 1, 2, 3, 4))).toEqual([60, 100, 100]);
  });

  it('are told for the first picture after a moment', () => {
    expect(firstPictureAfterMs(1010, shown(1, 2, 3))).toBe(30);
    expect(firstPictureAfterMs(1000, shown(1))).toBe(0);
    expect(firstPictureAfterMs(5000, shown(1, 2))).toBeUndefined();
  });

  it('of the lamp are when it goes on', () => {
    const lamp = [true, false, false, true, true, false, true].map((flash, n) => ({
      flash,
      arrivalMs: n * 40,
    }));
    expect(flashOnsetsMs(lamp)).toEqual([120, 240]);
  });
});
