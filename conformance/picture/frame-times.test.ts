import { describe, expect, it } from 'vitest';
import { flashOnsetsMs, longestStandstillMs, standstills } from './frame-times.ts';

/** A canvas of 25 fps that shows these frames one after the other. */
const shown = (...frames: readonly number[]) =>
  frames.map((frame, n) => ({ frame, arrivalMs: 1000 + 40 * n }));

/** Standstills over 120 ms. */
const freezes = (...seen: Parameters<typeof standstills>) =>
  standstills(...seen).filter(({ durationMs }) => durationMs > 120);

describe('standstills', () => {
  it('are none where every picture is new', () => {
    expect(longestStandstillMs(shown(1, 2, 3, 4))).toBe(40);
    expect(freezes(shown(1, 2, 3, 4))).toEqual([]);
  });

  it('are found with the frame that stayed', () => {
    const [freeze, ...others] = freezes(shown(7, 8, 8, 8, 8, 9, 10));
    expect(freeze).toEqual({ frame: 8, fromMs: 1040, toMs: 1200, durationMs: 160, lasting: false });
    expect(others).toEqual([]);
  });

  it('are found where the canvas itself stops, and where the bot is not read for a while', () => {
    const gap = [...shown(1, 2), { frame: 9, arrivalMs: 1500 }];
    expect(freezes(gap).map(({ durationMs }) => durationMs)).toEqual([460]);
  });

  it('last where the picture never moves again', () => {
    expect(freezes(shown(1, 2, 2, 2, 2, 2))[0]).toMatchObject({
      frame: 2,
      durationMs: 160,
      lasting: true,
    });
    expect(freezes(shown(1, 2), 2000)[0]).toMatchObject({ frame: 2, durationMs: 960, lasting: true });
  });

  it('last until the last picture came, where watching ended before', () => {
    expect(standstills(shown(1, 2, 3), 1050).map(({ durationMs }) => durationMs)).toEqual([40, 40, 0]);
    expect(longestStandstillMs(shown(1, 2), 2000)).toBe(960);
  });

  it('are not found in nothing', () => {
    expect(standstills([])).toEqual([]);
    expect(longestStandstillMs([])).toBe(0);
  });
});

describe('the lamp', () => {
  it('goes on where a picture with a flash follows one without', () => {
    const lamp = [true, false, false, true, true, false, true].map((flash, n) => ({
      flash,
      arrivalMs: n * 40,
    }));
    expect(flashOnsetsMs(lamp)).toEqual([120, 240]);
  });
});
