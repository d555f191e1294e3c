import { describe, expect, it } from 'vitest';
import { I420Buffer } from './i420-buffer.ts';
import { loadNodeAv } from './node-av.ts';
import { Scaler, scalePicture } from './scaler.ts';
import { colourAt, solid } from './test-pictures.ts';

const nodeAv = await loadNodeAv();

function picture(width: number, height: number, y: number): I420Buffer {
  const buffer = new I420Buffer(nodeAv, { width, height });
  buffer.write(solid({ width, height }, [y, 90, 160]));
  return buffer;
}

describe('Scaler', () => {
  it.each([
    [426, 240, 426, 240],
    [426, 238, 2, 2],
    [212, 120, 214, 0],
    [320, 180, 640, 360],
    [64, 36, 66, 38],
    [192, 108, 2, 0],
    [34, 20, 6, 6],
    [2, 2, 100, 100],
    [1280, 720, 0, 0],
  ])('draws %ix%i at %i,%i and touches nothing around it', (width, height, x, y) => {
    const [source, target] = [picture(640, 360, 200), picture(1280, 720, 20)];
    const scaler = new Scaler(nodeAv);
    scaler.draw(source, target, { x, y, width, height });
    const wrong: string[] = [];
    for (let py = 0; py < 720; py += 1) {
      for (let px = 0; px < 1280; px += 1) {
        const inside = px >= x && px < x + width && py >= y && py < y + height;
        const luma = target.planes[0][py * target.strides[0] + px]!;
        if (Math.abs(luma - (inside ? 200 : 20)) > 1) wrong.push(`${px},${py}: ${luma}`);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    for (const one of [scaler, source, target]) one.close();
  });

  it('touches no chroma around its rectangle either', () => {
    const source = picture(640, 360, 200);
    const target = new I420Buffer(nodeAv, { width: 640, height: 360 });
    target.write(solid(target, [20, 128, 128]));
    const scaler = new Scaler(nodeAv);
    scaler.draw(source, target, { x: 10, y: 10, width: 106, height: 60 });
    expect(colourAt(target, 115, 69)).toEqual([200, 90, 160]);
    expect(colourAt(target, 116, 69)).toEqual([20, 128, 128]);
    for (const one of [scaler, source, target]) one.close();
  });

  it('takes a part of a picture', () => {
    const source = picture(200, 100, 50);
    source.planes[0].fill(180, 50 * source.strides[0]);
    const target = picture(64, 64, 20);
    const scaler = new Scaler(nodeAv);
    scaler.draw(
      source,
      target,
      { x: 0, y: 0, width: 64, height: 64 },
      { crop: { x: 0, y: 50, width: 200, height: 50 } },
    );
    expect(colourAt(target, 3, 2)[0]).toBe(180);
    for (const one of [scaler, source, target]) one.close();
  });

  it.each([
    { x: 1, y: 0, width: 64, height: 64 },
    { x: 0, y: 0, width: 65, height: 64 },
    { x: -2, y: 0, width: 64, height: 64 },
    { x: 20, y: 0, width: 64, height: 64 },
    { x: 0, y: 0, width: Number.NaN, height: 64 },
  ])('refuses a rectangle that does not fit: %o', (rect) => {
    const [source, target] = [picture(64, 64, 1), picture(64, 64, 2)];
    const scaler = new Scaler(nodeAv);
    expect(() => scaler.draw(source, target, rect)).toThrow(RangeError);
    for (const one of [scaler, source, target]) one.close();
    expect(() => scaler.draw(source, target, { x: 0, y: 0, width: 64, height: 64 })).toThrow(/closed/);
  });

  it('writes U where V belongs when it is told to', () => {
    const [source, target] = [picture(64, 64, 120), picture(128, 64, 20)];
    const scaler = new Scaler(nodeAv);
    scaler.draw(source, target, { x: 64, y: 0, width: 64, height: 64 }, { swapChroma: true });
    expect(colourAt(target, 100, 20)).toEqual([120, 160, 90]);
    expect(colourAt(target, 10, 20)).toEqual([20, 90, 160]);
    for (const one of [scaler, source, target]) one.close();
  });

  it('goes on when the target moves, changes or is another one', () => {
    const source = picture(320, 180, 120);
    const scaler = new Scaler(nodeAv);
    for (const [i, width] of [64, 66, 64, 128].entries()) {
      const target = picture(640, 360, 20);
      scaler.draw(source, target, { x: 2 * i, y: 4, width, height: 36 });
      expect(colourAt(target, 2 * i + width - 2, 38)[0]).toBe(120);
      expect(colourAt(target, 2 * i + width, 38)[0]).toBe(20);
      target.close();
    }
    for (const one of [scaler, source]) one.close();
  });

  it('changes full range to limited', async () => {
    const limited = picture(64, 64, 235);
    const full = await scalePicture(limited, { width: 64, height: 64 }, 'full');
    expect(colourAt(full, 10, 10)[0]).toBeGreaterThan(250);
    const target = picture(64, 64, 20);
    const scaler = new Scaler(nodeAv);
    scaler.draw(full, target, { x: 0, y: 0, width: 32, height: 32 });
    expect(Math.abs(colourAt(target, 10, 10)[0] - 235)).toBeLessThan(3);
    for (const one of [scaler, limited, full, target]) one.close();
  });
});
