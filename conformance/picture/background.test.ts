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

  it('is nothing where a picture covers all', () => {
    const whole = { x: 0, y: 0, width: 320, height: 180 };
    expect(backgroundOf(createPicture(320, 180), [whole])).toMatchObject({ points: 0, notBlackShare: 0 });
  });
});
