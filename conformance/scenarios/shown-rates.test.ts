import { describe, expect, it } from 'vitest';
import type { FoundCell } from '../picture/find-cells.ts';
import { rateTable } from './shown-rates.ts';

const canvasRate = 25;
const seconds = 4;

/** Four seconds of canvases in which a bot’s pictures of 100 in its loop are shown: which of them, by canvas. */
function shown(frameAt: (canvas: number) => number) {
  const canvases = Array.from({ length: canvasRate * seconds }, (_, n) => ({
    arrivalMs: (n * 1000) / canvasRate,
    keyframe: n === 0,
    cells: [{ bot: 1, frame: frameAt(n) % 100 } as FoundCell],
  }));
  return (fps: number) =>
    rateTable([{ name: 'camera', bot: 1, fps, loopFrames: 100 }], { canvases }).rows[0]!;
}

/** A picture of that rate is new in so many of the canvases that could show one, at random but for the seed. */
function leftOut(fps: number, shownShare: number) {
  let newest = 0;
  let seed = 1;
  return shown((n) => {
    seed = (seed * 16_807) % 2_147_483_647;
    if (seed / 2_147_483_647 < shownShare) newest = Math.floor((n * fps) / canvasRate);
    return newest;
  });
}

describe('how everybody moved', () => {
  it.each([7.5, 15, 24, 25, 30])('at %f pictures a second, each shown when it is there', (fps) => {
    expect(shown((n) => Math.floor((n * fps) / canvasRate))(fps)).toMatchObject({ ok: true });
  });

  it('with a third left out: in step with the canvas by chance, and by fault at any other rate', () => {
    expect(leftOut(25, 0.67)(25)).toMatchObject({ ok: true, limit: '25, 15.0 of them new' });
    expect(leftOut(24, 0.67)(24)).toMatchObject({ ok: false, limit: '24, 18.0 of them new' });
    expect(leftOut(30, 0.67)(30)).toMatchObject({ ok: false, limit: '30, 18.8 of them new' });
  });

  it('with half left out it is halting at every rate', () => {
    for (const fps of [24, 25, 30]) expect(leftOut(fps, 0.45)(fps), `${fps}`).toMatchObject({ ok: false });
  });

  it('at another rate than it is sent with', () => {
    const fast = shown((n) => n)(20);
    expect(fast).toMatchObject({ ok: false, value: expect.stringMatching(/^25\.\d went by/) });
  });

  it('to a tenth beside its own rate', () => {
    const at = (fps: number, shownFps: number) => shown((n) => Math.floor((n * shownFps) / canvasRate))(fps);
    expect(at(10, 10.8)).toMatchObject({ ok: true });
    expect(at(10, 11.5)).toMatchObject({ ok: false });
    expect(at(10, 8.5)).toMatchObject({ ok: false });
  });

  it('back and forth, not at all, or not in the picture', () => {
    expect(shown((n) => (n % 10 === 9 ? n - 3 : n))(25)).toMatchObject({
      ok: false,
      value: expect.stringContaining('steps back'),
    });
    expect(shown(() => 7)(25)).toMatchObject({ ok: false, value: 'it stands still' });
    expect(rateTable([{ name: 'camera', bot: 2, fps: 25, loopFrames: 100 }], { canvases: [] }).rows).toEqual([
      expect.objectContaining({ ok: false, value: 'it is not there' }),
    ]);
  });
});
