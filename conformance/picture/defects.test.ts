import { describe, expect, it } from 'vitest';
import { colourRejectionDistance } from '../bots/signatures/picture-colours.ts';
import { paintSignature } from '../bots/signatures/picture-signature.ts';
import { findDefects } from './defects.ts';
import { findCells } from './find-cells.ts';
import { black, createPicture, fillRectangle, type I420Picture, type Rectangle } from './i420.ts';
import { drawPicture, scalePicture } from './scale.ts';
import { cropPicture } from './testing/crop.ts';
import { canvasOf, placesOf, scene } from './testing/scene.ts';
import { exchangeChroma, turnPicture } from './testing/turn.ts';

const room = scene(5);
const expected = placesOf(room);

function kinds(canvas: I420Picture, places = expected) {
  return findDefects(findCells(canvas), places).map(({ kind, bot }) => `${kind} ${bot}`);
}

/** The canvas, with what is in one member's cell drawn differently. */
function withCell(bot: number, change: (cell: I420Picture) => I420Picture): I420Picture {
  const canvas = canvasOf(room);
  const { rectangle } = room[bot]!;
  const cell = cropPicture(canvas, rectangle);
  fillRectangle(canvas, rectangle, black);
  drawPicture(canvas, change(cell), even(rectangle.x), even(rectangle.y));
  return canvas;
}

const even = (value: number) => 2 * Math.round(value / 2);

/** The cells of several members, each in the place of the next. */
function inPlacesOf(order: readonly number[]): I420Picture {
  return canvasOf(
    room.map((one, n) => ({ ...one, rectangle: letterboxLike(room[order[n]!]!.rectangle, one) })),
  );
}

/** A rectangle in the middle of another that keeps a member's shape. */
function letterboxLike(area: Rectangle, { source }: (typeof room)[number]): Rectangle {
  const aspect = source.width / source.height;
  const width = Math.min(area.width, area.height * aspect);
  const height = width / aspect;
  return { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
}

describe('what is wrong with a canvas', () => {
  it.each([1, 2, 3, 4, 5, 9, 16, 25])('is nothing where all is right: %i members', (members) => {
    const pictures = scene(members);
    expect(kinds(canvasOf(pictures), placesOf(pictures))).toEqual([]);
  });

  it('is said for a member that is missing', () => {
    expect(kinds(canvasOf(room.slice(0, 4)))).toEqual(['missing 4']);
    expect(kinds(createPicture(1280, 720))).toEqual(expected.map(({ bot }) => `missing ${bot}`));
  });

  it('is said for a cell that stayed after its member', () => {
    expect(kinds(canvasOf(room), expected.slice(0, 4))).toEqual(['unexpected 4']);
  });

  it('is said for a member that is there twice', () => {
    const canvas = canvasOf(room);
    drawPicture(
      canvas,
      scalePicture(paintSignature({ bot: 0, frame: 1, width: 320, height: 180, fps: 25 }), 160, 90),
      20,
      600,
    );
    expect(kinds(canvas)).toEqual(['doubled 0', 'misplaced 0']);
  });

  it('is said for rows and columns swapped', () => {
    const pictures = scene(4);
    const swapped = pictures.map((one, n) => {
      const place = pictures[[0, 2, 1, 3][n]!]!.rectangle;
      return { ...one, rectangle: letterboxLike(place, one) };
    });
    expect(kinds(canvasOf(swapped), placesOf(pictures))).toEqual(['wrong-cell 1', 'wrong-cell 2']);
  });

  it('is said for members in each other’s cells', () => {
    expect(kinds(inPlacesOf([1, 0, 2, 3, 4]))).toEqual(['wrong-cell 0', 'wrong-cell 1']);
  });

  it('is said for a picture that is mirrored, turned or both', () => {
    const mirrored = { mirrored: true, rotatedDegrees: 0 } as const;
    const over = { mirrored: false, rotatedDegrees: 180 } as const;
    const upsideDown = { mirrored: true, rotatedDegrees: 180 } as const;
    expect(kinds(withCell(3, (cell) => turnPicture(cell, mirrored)))).toEqual(['mirrored 3']);
    expect(kinds(withCell(3, (cell) => turnPicture(cell, over)))).toEqual(['rotated 3']);
    expect(kinds(withCell(3, (cell) => turnPicture(cell, upsideDown)))).toEqual(['mirrored 3', 'rotated 3']);
  });

  it('is said for a canvas that is mirrored as a whole', () => {
    const seen = kinds(
      turnPicture(canvasOf(scene(4)), { mirrored: true, rotatedDegrees: 0 }),
      placesOf(scene(4)),
    );
    for (const bot of [0, 1, 2, 3]) expect(seen).toContain(`mirrored ${bot}`);
  });

  it('is said for a picture that fills its cell by stretching', () => {
    // A picture of 4:3 in a cell of 16:9.
    const cell = { x: 426, y: 0, width: 426, height: 360 };
    const stretched = room.map((one) => (one.bot === 1 ? { ...one, rectangle: cell } : one));
    expect(kinds(canvasOf(stretched))).toEqual(['stretched 1', 'misplaced 1']);
  });

  it('is said for a picture that is wider than it was, or narrower, by more than coding leaves room for', () => {
    const canvasWith = (width: number, height: number) => {
      const canvas = createPicture(1280, 720);
      const source = paintSignature({ bot: 0, frame: 7, width: 640, height: 360, fps: 25 });
      drawPicture(canvas, scalePicture(source, width, height), 100, 100);
      return kinds(canvas, [{ bot: 0 }]);
    };
    expect(canvasWith(640, 320)).toEqual(['stretched 0']);
    expect(canvasWith(690, 360)).toEqual(['stretched 0']);
    expect(canvasWith(590, 360)).toEqual(['stretched 0']);
    expect(canvasWith(660, 360)).toEqual([]);
    expect(canvasWith(624, 360)).toEqual([]);
  });

  it('is said for a picture that begins where it should, and ends elsewhere', () => {
    const [first] = scene(1);
    const { x, y, width, height } = first!.rectangle;
    const ending = (share: number) =>
      canvasOf([{ ...first!, rectangle: { x, y, width: width * share, height: height * share } }]);
    expect(kinds(ending(1), placesOf([first!]))).toEqual([]);
    expect(kinds(ending(0.99), placesOf([first!]))).toEqual(['misplaced 0']);
  });

  it('is said for a picture that is a few pixels beside its place', () => {
    const beside = (by: number) =>
      canvasOf(
        room.map((one) =>
          one.bot === 3 ? { ...one, rectangle: { ...one.rectangle, x: one.rectangle.x + by } } : one,
        ),
      );
    expect(kinds(beside(2))).toEqual([]);
    expect(kinds(beside(8))).toEqual(['misplaced 3']);
  });

  it('is said for a picture that fills its cell by cropping', () => {
    const source = paintSignature({ bot: 0, frame: 7, width: 320, height: 180, fps: 25 });
    const large = scalePicture(source, 640, 360);
    const canvas = canvasOf(room.slice(1));
    drawPicture(canvas, cropPicture(large, { x: 0, y: 0, width: 424, height: 360 }), 0, 0);
    expect(kinds(canvas)).toEqual(['cropped 0', 'misplaced 0']);
  });

  it('is said for exchanged U and V in one cell or all', () => {
    expect(kinds(withCell(2, exchangeChroma))).toEqual(['uv-exchanged 2']);
    expect(kinds(exchangeChroma(canvasOf(room)))).toEqual(expected.map(({ bot }) => `uv-exchanged ${bot}`));
  });

  it('is said for colours that are lost', () => {
    const grey = canvasOf(room);
    grey.data.fill(128, 1280 * 720);
    expect(kinds(grey)).toEqual(expected.map(({ bot }) => `wrong-colour ${bot}`));
  });

  it('is no matter of colour where a member sends a clip', () => {
    const grey = canvasOf(room);
    grey.data.fill(128, 1280 * 720);
    expect(
      kinds(
        grey,
        expected.map((place) => ({ ...place, anyColour: place.bot > 0 })),
      ),
    ).toEqual(['wrong-colour 0']);
  });

  it('is said in a sentence', () => {
    const details = findDefects(findCells(inPlacesOf([1, 0, 2, 3, 4])), expected).map(({ detail }) => detail);
    expect(details[0]).toMatch(/^is where bot 1 should be, at \d+,\d+ \d+x\d+$/);
  });

  it('names whose place it is by row and column', () => {
    const nine = scene(9);
    const moved = nine.map((one) =>
      one.bot === 0 ? { ...one, rectangle: letterboxLike(nine[6]!.rectangle, one) } : one,
    );
    const canvas = canvasOf(moved.filter(({ bot }) => bot !== 6));
    const [defect] = findDefects(findCells(canvas), placesOf(nine));
    expect(defect).toMatchObject({ kind: 'wrong-cell', bot: 0 });
    expect(defect!.detail).toMatch(/^is where bot 6 should be/);
  });

  it('is said for colours that are further away than coding leaves room for', () => {
    const tinted = (by: number) => {
      const canvas = canvasOf(room);
      for (let n = 1280 * 720; n < 1280 * 720 * 1.25; n += 1) canvas.data[n]! += by;
      return kinds(canvas).length;
    };
    expect(tinted(colourRejectionDistance - 3)).toBe(0);
    expect(tinted(colourRejectionDistance + 3)).toBe(room.length);
  });

  it('does not ask for places where the geometry is unknown', () => {
    const anywhere = expected.map(({ bot }) => ({ bot }));
    expect(kinds(inPlacesOf([4, 3, 2, 1, 0]), anywhere)).toEqual([]);
    expect(kinds(canvasOf(room.slice(1)), anywhere)).toEqual(['missing 0']);
  });
});
