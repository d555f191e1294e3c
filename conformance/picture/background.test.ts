import { describe, expect, it } from 'vitest';
import { backgroundOf } from './background.ts';
import { createPicture, fillRectangle } from './i420.ts';
import { throughH264 } from './testing/h264-leg.ts';
import { canvasOf, scene } from './testing/scene.ts';

const room = scene(5);
const pictures = room.map(({ rectangle }) => rectangle);

describe('what is beside the pictures', () => {
  it('is black, also after x264', async () => {
    const canvas = canvasOf(room);
    const [coded] = await throughH264([canvas], { bitrateKbps: 2500 });
    for (const one of [canvas, coded!]) {
      const { colour, notBlackShare, points } = backgroundOf(one, pictures);
      expect(Math.abs(colour.y - 16)).toBeLessThan(3);
      expect(notBlackShare).toBeLessThan(0.002);
      expect(points).toBeGreaterThan(10_000);
    }
  });

  it('is told where it has another colour', () => {
    const green = createPicture(1280, 720, { y: 0, u: 0, v: 0 });
    expect(backgroundOf(green, pictures)).toMatchObject({ colour: { y: 0, u: 0, v: 0 }, notBlackShare: 1 });
  });

  it('is counted where something was left in a bar', () => {
    const canvas = canvasOf(room);
    const portrait = room[3]!.rectangle;
    fillRectangle(canvas, { ...portrait, x: portrait.x - 60, width: 40 }, { y: 150, u: 128, v: 128 });
    expect(backgroundOf(canvas, pictures).notBlackShare).toBeGreaterThan(0.02);
  });

  it.each([
    ['a dark grey', { y: 60, u: 128, v: 128 }, 1],
    ['as light as x264 makes black', { y: 40, u: 128, v: 128 }, 0],
    ['a dark red', { y: 30, u: 118, v: 150 }, 1],
    ['as coloured as x264 makes black', { y: 20, u: 112, v: 144 }, 0],
  ])('is black or not: %s', (_case, colour, notBlackShare) => {
    expect(backgroundOf(createPicture(320, 180, colour), [])).toMatchObject({ colour, notBlackShare });
  });

  it('begins eight pixels beside a picture, which may ring so far', () => {
    const canvas = createPicture(320, 180);
    const picture = { x: 100, y: 60, width: 80, height: 60 };
    const around = (by: number) => ({ x: 100 - by, y: 60 - by, width: 80 + 2 * by, height: 60 + 2 * by });
    fillRectangle(canvas, around(8), { y: 200, u: 128, v: 128 });
    expect(backgroundOf(canvas, [picture]).notBlackShare).toBe(0);
    fillRectangle(canvas, around(12), { y: 200, u: 128, v: 128 });
    expect(backgroundOf(canvas, [picture]).notBlackShare).toBeGreaterThan(0);
  });

  it('is nothing where a picture covers all', () => {
    const whole = { x: 0, y: 0, width: 320, height: 180 };
    expect(backgroundOf(createPicture(320, 180), [whole])).toMatchObject({ points: 0, notBlackShare: 0 });
  });
});
