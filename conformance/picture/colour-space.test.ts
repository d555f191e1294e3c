import { describe, expect, it } from 'vitest';
import { fromRgba, rgbToYuv, toRgba, yuvToRgb } from './colour-space.ts';
import { createPicture, fillRectangle, type YuvColour } from './i420.ts';

describe('colours between RGB and YUV', () => {
  // ITU-R BT.601, 100 % colour bars in limited range.
  it.each([
    ['white', [255, 255, 255], [235, 128, 128]],
    ['black', [0, 0, 0], [16, 128, 128]],
    ['red', [255, 0, 0], [81, 90, 240]],
    ['green', [0, 255, 0], [145, 54, 34]],
    ['blue', [0, 0, 255], [41, 240, 110]],
    ['yellow', [255, 255, 0], [210, 16, 146]],
  ] as const)('are those of BT.601 in limited range: %s', (_, [red, green, blue], [y, u, v]) => {
    expect(rgbToYuv({ red, green, blue })).toEqual({ y, u, v });
    const back = yuvToRgb({ y, u, v });
    expect(
      Math.max(Math.abs(back.red - red), Math.abs(back.green - green), Math.abs(back.blue - blue)),
    ).toBeLessThan(3);
  });

  it('come back after a picture went to RGBA and back', () => {
    const colour: YuvColour = { y: 90, u: 211, v: 121 };
    const picture = createPicture(8, 6);
    fillRectangle(picture, { x: 2, y: 2, width: 4, height: 2 }, colour);
    const back = fromRgba(toRgba(picture));
    const furthest = back.data.reduce(
      (most, value, n) => Math.max(most, Math.abs(value - picture.data[n]!)),
      0,
    );
    expect(furthest).toBeLessThanOrEqual(1);
  });

  it('put every chroma sample on its own four pixels', () => {
    const picture = createPicture(4, 2);
    fillRectangle(picture, { x: 2, y: 0, width: 2, height: 2 }, { y: 81, u: 90, v: 240 });
    const { data } = toRgba(picture);
    expect([...data.subarray(0, 8)]).toEqual([0, 0, 0, 255, 0, 0, 0, 255]);
    for (const at of [8, 12, 24, 28]) expect([...data.subarray(at, at + 4)]).toEqual([254, 0, 0, 255]);
  });

  it('refuse data that do not fill the size', () => {
    expect(() => toRgba({ width: 4, height: 4, data: new Uint8Array(23) })).toThrow(/toRgba: 23 bytes/);
    expect(() => toRgba({ width: 3, height: 4, data: new Uint8Array(18) })).toThrow(/3x4/);
    expect(() => fromRgba({ width: 4, height: 4, data: new Uint8Array(63) })).toThrow(/fromRgba: 63 bytes/);
  });
});
