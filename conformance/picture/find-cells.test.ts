import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureColour } from '../bots/signatures/picture-colours.ts';
import { paintSignature, stampPicture } from '../bots/signatures/picture-signature.ts';
import { CellWatcher } from './cell-watcher.ts';
import { findCells, rereadCells } from './find-cells.ts';
import { createPicture, fillRectangle } from './i420.ts';
import { orientations, upright } from './orientation.ts';
import { drawPicture, scalePicture } from './scale.ts';
import { cropPicture } from './testing/crop.ts';
import { canvasOf, memberSizes, scene } from './testing/scene.ts';
import { exchangeChroma, turnPicture } from './testing/turn.ts';

const signature = paintSignature({ bot: 9, frame: 777, width: 640, height: 360, fps: 25 });

/** One picture in the middle of nowhere. */
function canvasWith(picture = signature, x = 302, y = 170) {
  const canvas = createPicture(1280, 720);
  drawPicture(canvas, picture, x, y);
  return canvas;
}

describe('finding the cells of a canvas', () => {
  it.each([1, 2, 3, 4, 5, 9, 16, 25, 36, 64])(
    'tells who is where, which frame and how large: %i members',
    (members) => {
      const pictures = scene(members);
      const cells = findCells(canvasOf(pictures));
      expect(cells.map(({ bot }) => bot)).toEqual(pictures.map(({ bot }) => bot));
      for (const [n, cell] of cells.entries()) {
        const { frame, source, rectangle, fps } = pictures[n]!;
        expect(cell).toMatchObject({ frame, source, orientation: upright, cropped: false });
        for (const key of ['x', 'y', 'width', 'height'] as const) {
          expect(Math.abs(cell.rectangle[key] - rectangle[key])).toBeLessThan(2.5);
        }
        expect(Math.abs(cell.stretch - 1)).toBeLessThan(0.04);
        expect(cell.colour.error).toBeLessThan(2);
        expect(cell.colour.nearest).toBe(n % 24);
        expect(cell.colour.uvExchanged).toBe(false);
        expect(cell.flash).toBe(frame % fps < 2.5);
      }
    },
  );

  it.each(orientations)('sees how a picture was turned: %o', (orientation) => {
    const [cell, ...others] = findCells(canvasWith(turnPicture(signature, orientation), 40, 40));
    expect(others).toEqual([]);
    expect(cell).toMatchObject({ bot: 9, frame: 777, orientation, cropped: false });
    expect(cell!.colour.error).toBeLessThan(2);
    expect(cell!.stretch).toBeCloseTo(1, 2);
    const size = orientation.rotatedDegrees % 180 === 0 ? [640, 360] : [360, 640];
    expect([cell!.rectangle.width, cell!.rectangle.height].map(Math.round)).toEqual(size);
    expect([cell!.rectangle.x, cell!.rectangle.y].map(Math.round)).toEqual([40, 40]);
  });

  it.each([
    [640, 180, 2],
    [320, 360, 0.5],
    [480, 360, 0.75],
    [660, 360, 1.03],
  ])('measures how a picture was stretched: to %i x %i', (width, height, stretch) => {
    const [cell] = findCells(canvasWith(scalePicture(signature, width, height)));
    expect(cell!.stretch).toBeCloseTo(stretch, 2);
    expect(cell!.scaleX).toBeCloseTo(width / 640, 2);
    expect(cell!.scaleY).toBeCloseTo(height / 360, 2);
  });

  it('sees that U and V are exchanged, for every colour', () => {
    for (let bot = 0; bot < 24; bot++) {
      const painted = paintSignature({ bot, frame: 30, width: 320, height: 180, fps: 25 });
      expect(findCells(canvasWith(exchangeChroma(painted)))[0]).toMatchObject({
        bot,
        colour: { uvExchanged: true },
      });
    }
  });

  it('measures a colour that is wrong otherwise', () => {
    const faded = { ...signature, data: Uint8Array.from(signature.data) };
    faded.data.fill(128, 640 * 360);
    const [cell] = findCells(canvasWith(faded));
    const { y, u, v } = pictureColour(9);
    expect(cell!.colour).toMatchObject({ measured: { y, u: 128, v: 128 }, nearest: undefined });
    expect(cell!.colour.error).toBeCloseTo(Math.hypot(u - 128, v - 128), 5);
  });

  it('sees which sides of a picture are cut off', () => {
    const canvas = createPicture(1280, 720);
    drawPicture(canvas, signature, 760, 100);
    const [cell] = findCells(canvas);
    expect(cell).toMatchObject({
      cropped: true,
      border: { left: true, right: false, top: true, bottom: true },
    });
    expect(cell!.rectangle.x + cell!.rectangle.width).toBeCloseTo(1400, 0);
  });

  it.each([
    ['left', { x: 302, y: 170, width: 30, height: 180 }],
    ['top', { x: 302, y: 170, width: 320, height: 30 }],
  ])('sees where half of the border is covered: %s', (side, area) => {
    const canvas = canvasWith();
    fillRectangle(canvas, area, { y: 16, u: 128, v: 128 });
    const [cell] = findCells(canvas);
    const border = { left: true, right: true, top: true, bottom: true, [side]: false };
    expect(cell).toMatchObject({ bot: 9, cropped: true, border });
  });

  it.each([
    ['a high picture in a wide cell', 270, 480, { x: 0, y: 140, width: 270, height: 200 }],
    ['a wide picture in a high cell', 430, 184, { x: 70, y: 0, width: 290, height: 184 }],
  ])('measures the colour of what is left of %s', (_case, width, height, left) => {
    const canvas = createPicture(960, 540);
    // What stands beside it has another colour.
    fillRectangle(canvas, { x: 0, y: 0, width: 960, height: 540 }, { y: 120, u: 70, v: 200 });
    const whole = paintSignature({ bot: 9, frame: 5, width, height, fps: 25 });
    drawPicture(canvas, cropPicture(whole, left), 300, 160);
    const [cell] = findCells(canvas);
    expect(cell).toMatchObject({ bot: 9, cropped: true, colour: { nearest: 9 } });
    expect(cell!.colour.error).toBeLessThan(3);
  });

  it('takes the border of no picture for a patch, also where it passes the checksum by chance', () => {
    // Read as a patch, this border says that it is bot 12.
    const picture = paintSignature({ bot: 0, frame: 107, width: 136, height: 240, fps: 25 });
    const canvas = createPicture(144, 248);
    drawPicture(canvas, picture, 4, 4);
    expect(findCells(canvas).map(({ bot, frame }) => [bot, frame])).toEqual([[0, 107]]);
  });

  it('finds a bot twice that is there twice', () => {
    const canvas = canvasWith(scalePicture(signature, 320, 180), 0, 0);
    drawPicture(canvas, scalePicture(signature, 320, 180), 320, 0);
    expect(findCells(canvas).map(({ bot, rectangle }) => [bot, Math.round(rectangle.x)])).toEqual([
      [9, 0],
      [9, 320],
    ]);
  });

  it('finds patches over any picture, and from the number 65535 on', () => {
    const busy = createPicture(640, 480);
    for (let n = 0; n < busy.data.length; n++) busy.data[n] = 16 + ((n * n * 7919) % 219);
    stampPicture(busy, 60, 65535);
    expect(findCells(busy)[0]).toMatchObject({ bot: 60, frame: 65535, cropped: false });
    stampPicture(busy, 60, 65536);
    expect(findCells(busy)[0]).toMatchObject({ bot: 60, frame: 0 });
  });

  it('finds the cells of a canvas that has lost half of its contrast', () => {
    const pictures = scene(4);
    const pale = canvasOf(pictures);
    for (let n = 0; n < 1280 * 720; n += 1) pale.data[n] = 70 + (pale.data[n]! - 16) / 2.2;
    expect(findCells(pale).map(({ bot, frame }) => [bot, frame])).toEqual(
      pictures.map(({ bot, frame }) => [bot, frame]),
    );
  });

  it('does not find what is covered, and finds the others', () => {
    const pictures = scene(4);
    const canvas = canvasOf(pictures);
    fillRectangle(canvas, pictures[2]!.rectangle, { y: 60, u: 128, v: 128 });
    expect(findCells(canvas).map(({ bot }) => bot)).toEqual([0, 1, 3]);
  });
});

describe('pictures from outside', () => {
  it('are refused where the data do not fill the size', () => {
    expect(() => findCells({ width: 640, height: 360, data: new Uint8Array(10) })).toThrow(
      /findCells: 10 bytes/,
    );
    expect(() => findCells({ width: 0, height: 0, data: new Uint8Array(0) })).toThrow(RangeError);
    expect(() => rereadCells({ width: 3, height: 2, data: new Uint8Array(9) }, [])).toThrow(RangeError);
  });

  it('hold no cells where they hold noise, flat colour or stripes', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, grain) => {
        const noise = createPicture(320, 180);
        let state = seed;
        for (let n = 0; n < noise.data.length; n += grain) {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          noise.data.fill(state >>> 24, n, n + grain);
        }
        expect(findCells(noise)).toEqual([]);
      }),
      { numRuns: 30 },
    );
    for (const y of [16, 150, 235])
      expect(findCells(createPicture(64, 2, { y, u: 128, v: 128 }))).toEqual([]);
  });

  it('that are damaged anywhere never crash the search, nor give a wrong bot', () => {
    const pictures = scene(4);
    const canvas = canvasOf(pictures);
    const damage = fc.array(fc.tuple(fc.nat(1279), fc.nat(719), fc.nat(400), fc.nat(200), fc.nat(255)), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(damage, (patches) => {
        const damaged = { ...canvas, data: Uint8Array.from(canvas.data) };
        for (const [x, y, width, height, luma] of patches) {
          fillRectangle(damaged, { x, y, width, height }, { y: luma, u: 128, v: 128 });
        }
        for (const { bot, frame } of findCells(damaged)) expect(frame).toBe(pictures[bot]!.frame);
      }),
      { numRuns: 15 },
    );
  });
});

describe('reading cells again', () => {
  const at = (frame: number, member = 0) =>
    canvasOf(scene(4).map((one) => (one.bot === member ? { ...one, frame } : one)));

  it('gives the new frame numbers at the same places', () => {
    const before = findCells(at(5));
    const after = rereadCells(at(6), before);
    expect(after.map((cell) => cell?.frame)).toEqual([6, 101, 102, 103]);
    expect(after[0]!.rectangle).toEqual(before[0]!.rectangle);
    expect(rereadCells(createPicture(1280, 720), before)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is what the watcher does between searches, without missing who comes, goes or moves', () => {
    const watcher = new CellWatcher({ searchEveryPictures: 3 });
    const bots = (members: number) => watcher.read(canvasOf(scene(members))).map(({ bot }) => bot);
    expect(watcher.read(createPicture(1280, 720))).toEqual([]);
    expect(bots(3)).toEqual([0, 1, 2]);
    expect(bots(3)).toEqual([0, 1, 2]);
    // The third cell of three moves when there is a fourth: seen at once.
    expect(bots(4)).toEqual([0, 1, 2, 3]);
    expect(bots(2)).toEqual([0, 1]);
    const newcomer = canvasOf(scene(2));
    drawPicture(newcomer, scalePicture(signature, 320, 180), 0, 0);
    const seen = [1, 2, 3].map(() => watcher.read(newcomer).map(({ bot }) => bot));
    expect(seen.at(-1)).toContain(9);
  });

  it('is not gone by where one of several cells shows another bot', () => {
    const watcher = new CellWatcher({ searchEveryPictures: 100 });
    watcher.read(canvasOf(scene(4)));
    const left = scene(4).slice(0, 3);
    expect(watcher.read(canvasOf(left)).map(({ bot }) => bot)).toEqual([0, 1, 2]);
  });

  it('finds a newcomer within five pictures', () => {
    const watcher = new CellWatcher();
    watcher.read(canvasOf(scene(2)));
    const newcomer = canvasOf(scene(2));
    drawPicture(newcomer, scalePicture(signature, 320, 180), 0, 0);
    const seen = [1, 2, 3, 4, 5].map(() => watcher.read(newcomer).some(({ bot }) => bot === 9));
    expect(seen.at(-1)).toBe(true);
  });

  it('refuses to search never', () => {
    expect(() => new CellWatcher({ searchEveryPictures: 0 })).toThrow(RangeError);
  });
});

it('reads a signature of every usual size at a quarter of a canvas of 1280x720 and less', () => {
  for (const { width, height } of memberSizes) {
    for (const cellHeight of [180, 144, 120, 90]) {
      const scaledWidth = 2 * Math.round((cellHeight * Math.min(16 / 9, width / height)) / 2);
      const scaled = scalePicture(
        paintSignature({ bot: 33, frame: 4321, width, height, fps: 25 }),
        scaledWidth,
        cellHeight,
      );
      expect(findCells(canvasWith(scaled))[0]).toMatchObject({ bot: 33, frame: 4321 });
    }
  }
});
