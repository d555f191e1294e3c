import { describe, expect, it } from 'vitest';
import type { FoundCell } from '../../picture/find-cells.ts';
import { createPicture, fillRectangle } from '../../picture/i420.ts';
import { ShapeWatcher } from './shape-watcher.ts';

const area = { x: 0, y: 0, width: 32, height: 64 };

/** A canvas of one member that covers its left half, and whose right half is so light. */
function seen(arrivalMs: number, luma = 16, cells = [{ bot: 0, rectangle: area } as FoundCell]) {
  const picture = createPicture(128, 64);
  fillRectangle(picture, { x: 64, y: 0, width: 64, height: 64 }, { y: luma, u: 128, v: 128 });
  return [{ arrivalMs, keyframe: false, cells }, picture] as const;
}

describe('the background of canvases', () => {
  it('is that of the one in which most of it was not black', () => {
    const watcher = new ShapeWatcher(1);
    for (const luma of [16, 200, 16]) watcher.see(...seen(0, luma));
    expect(watcher.seen.worstBackground!.notBlackShare).toBeGreaterThan(0.5);
  });

  it('is looked at where everybody was found, and only there', () => {
    const watcher = new ShapeWatcher(2);
    watcher.see(...seen(0, 200));
    expect(watcher.seen.worstBackground).toBeUndefined();
    const both = [area, { ...area, x: 64, width: 64 }].map(
      (rectangle, bot) => ({ bot, rectangle }) as FoundCell,
    );
    watcher.see(...seen(40, 200, both));
    expect(watcher.seen.worstBackground).toMatchObject({ notBlackShare: 0 });
  });
});

describe('the shapes of a member', () => {
  const phone = (width: number, height: number) => [
    { bot: 3, source: { width, height }, rectangle: area } as FoundCell,
  ];

  it('are looked at when they have stood for half a second', () => {
    const watcher = new ShapeWatcher(1);
    for (const at of [0, 200, 480]) watcher.see(...seen(at, 16, phone(270, 480)));
    for (const at of [520, 700, 1020]) watcher.see(...seen(at, 16, phone(426, 240)));
    expect(watcher.seen.byShape.map(({ canvas }) => canvas.arrivalMs)).toEqual([1020]);
  });
});
