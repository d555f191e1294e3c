import { describe, expect, it } from 'vitest';
import { paintSignature } from '../bots/signatures/picture-signature.ts';
import { compareCells } from './compare-cells.ts';
import { composeExpected, type ExpectedPicture } from './compose.ts';
import { findDefects } from './defects.ts';
import { type FoundCell, findCells } from './find-cells.ts';
import { type SeenFrame, standstills } from './frame-times.ts';
import { defaultCanvas } from './grid.ts';
import { createPicture, type I420Picture } from './i420.ts';
import { drawPicture, scalePicture } from './scale.ts';
import { throughH264 } from './testing/h264-leg.ts';
import { placesOf, scene } from './testing/scene.ts';
import { exchangeChroma, turnPicture } from './testing/turn.ts';

/** One member: its place, and what a broken server makes of its pictures. */
interface Shown extends ExpectedPicture {
  /** The frame that is shown in each canvas; default one after the other. */
  readonly frames?: readonly number[];
  readonly change?: (picture: I420Picture) => I420Picture;
}

const botBitrateKbps = (width: number) => (width >= 1280 ? 900 : 300);
const even = (value: number) => 2 * Math.round(value / 2);

/** Canvases as a viewer gets them: each picture through x264 and back, put together, and through x264 again. */
async function watch(room: readonly Shown[], pictures: number): Promise<readonly I420Picture[]> {
  const canvases = Array.from({ length: pictures }, () => createPicture(1280, 720));
  for (const { bot, frame, fps, source, rectangle, frames, change } of room) {
    const numbers = frames ?? canvases.map((_, n) => frame + n);
    const painted = numbers.map((number) => paintSignature({ bot, frame: number, fps, ...source }));
    const received = await throughH264(painted, { bitrateKbps: botBitrateKbps(source.width) });
    const x = even(rectangle.x);
    const y = even(rectangle.y);
    const width = even(rectangle.x + rectangle.width) - x;
    const height = even(rectangle.y + rectangle.height) - y;
    for (const [n, canvas] of canvases.entries()) {
      const scaled = scalePicture(received[n]!, width, height);
      drawPicture(canvas, change?.(scaled) ?? scaled, x, y);
    }
  }
  return throughH264(canvases, { bitrateKbps: 1500 });
}

const kinds = (cells: readonly FoundCell[], room: readonly ExpectedPicture[]) =>
  findDefects(cells, placesOf(room)).map(({ kind, bot }) => `${kind} ${bot}`);

describe('after two legs of x264, ultrafast, 1.5 Mbit/s for the canvas', () => {
  it.each([1, 2, 3, 4, 5, 9, 16, 25])(
    'everything is read and nothing is wrong: %i members',
    async (members) => {
      const room = scene(members);
      const canvases = await watch(room, 3);
      for (const [n, canvas] of canvases.entries()) {
        const cells = findCells(canvas);
        expect(kinds(cells, room)).toEqual([]);
        expect(cells.map(({ frame }) => frame)).toEqual(room.map(({ frame }) => frame + n));
        for (const { colour, bot } of cells) {
          expect(colour.error).toBeLessThan(8);
          expect(colour.nearest).toBe(bot % 24);
        }
      }
      const expected = composeExpected(
        defaultCanvas,
        room.map((one) => ({ ...one, frame: one.frame + 2 })),
      );
      const rectangles = room.map(({ rectangle }) => rectangle);
      const { cellShares, backgroundShare } = compareCells(canvases[2]!, expected, rectangles);
      expect(Math.max(...cellShares)).toBeLessThan(0.01);
      expect(backgroundShare).toBeLessThan(0.001);
    },
  );

  const four = scene(4);
  const swapped = four.map((one, n) => {
    const place = four[[0, 2, 1, 3][n]!]!.rectangle;
    const middle = place.x + place.width / 2 - one.rectangle.width / 2;
    return { ...one, rectangle: { ...one.rectangle, x: middle, y: place.y } };
  });
  const changed = (bot: number, change: (picture: I420Picture) => I420Picture): readonly Shown[] =>
    four.map((one) => (one.bot === bot ? { ...one, change } : one));
  const filled = { ...four[1]!, rectangle: { x: 640, y: 0, width: 640, height: 360 } };

  it.each<[string, readonly Shown[], readonly string[]]>([
    ['rows and columns swapped', swapped, ['wrong-cell 1', 'wrong-cell 2']],
    ['a member missing', four.slice(0, 3), ['missing 3']],
    [
      'a member doubled',
      [...four, { ...four[0]!, rectangle: { x: 660, y: 40, width: 80, height: 46 } }],
      ['doubled 0', 'misplaced 0'],
    ],
    [
      'a member left over',
      [...four, { ...four[0]!, bot: 40, rectangle: { x: 2, y: 660, width: 100, height: 56 } }],
      ['unexpected 40'],
    ],
    ['a picture stretched', [four[0]!, filled, four[2]!, four[3]!], ['stretched 1', 'misplaced 1']],
    [
      'a picture mirrored',
      changed(2, (one) => turnPicture(one, { mirrored: true, rotatedDegrees: 0 })),
      ['mirrored 2'],
    ],
    [
      'a picture on its head',
      changed(2, (one) => turnPicture(one, { mirrored: false, rotatedDegrees: 180 })),
      ['rotated 2'],
    ],
    ['U and V exchanged', changed(0, exchangeChroma), ['uv-exchanged 0']],
  ])('it is seen: %s', async (_, room, expected) => {
    const [first, second] = await watch(room, 2);
    expect(kinds(findCells(first!), four)).toEqual(expected);
    expect(kinds(findCells(second!), four)).toEqual(expected);
  });

  it('a frozen cell is seen, and nobody else froze', async () => {
    const frozen = [5, 6, 7, 7, 7, 7, 7, 12, 13, 14];
    const room = four.map((one) => (one.bot === 2 ? { ...one, frames: frozen } : one));
    const seen = new Map<number, SeenFrame[]>(four.map(({ bot }) => [bot, []]));
    for (const [n, canvas] of (await watch(room, frozen.length)).entries()) {
      for (const { bot, frame } of findCells(canvas)) seen.get(bot)!.push({ frame, arrivalMs: 40 * n });
    }
    const found = [...seen].flatMap(([bot, frames]) =>
      standstills(frames)
        .filter(({ durationMs }) => durationMs > 120)
        .map((freeze) => ({ bot, ...freeze })),
    );
    expect(found).toEqual([{ bot: 2, frame: 7, fromMs: 80, toMs: 280, durationMs: 200, lasting: false }]);
  });

  it('flashes are seen when they are sent', async () => {
    const room = scene(3).map((one) => ({ ...one, frame: 23 }));
    const canvases = await watch(room, 6);
    const lamps = canvases.map((canvas) => findCells(canvas).map(({ flash }) => flash));
    const all = (on: boolean) => [on, on, on];
    expect(lamps).toEqual([all(false), all(false), all(true), all(true), all(true), all(false)]);
  });

  it('the smallest cells that are read are 86x48, and 36x64 for portraits', async () => {
    for (const [source, width, height] of [
      [{ width: 640, height: 360 }, 86, 48],
      [{ width: 640, height: 480 }, 64, 48],
      [{ width: 360, height: 640 }, 36, 64],
    ] as const) {
      const room = Array.from({ length: 24 }, (_, bot) => {
        const rectangle = { x: 100 + 120 * (bot % 6), y: 20 + 100 * Math.floor(bot / 6), width, height };
        return { bot, frame: 30, fps: 25, source, rectangle };
      });
      for (const canvas of await watch(room, 2)) expect(findCells(canvas)).toHaveLength(24);
    }
  });
});
