import { expect, it } from 'vitest';
import { packetsOfBot } from '../bots/test-viewer.ts';
import { findCells } from '../picture/find-cells.ts';
import { outlineOf } from './picture-outline.ts';

it('is how soon a viewer saw something, and what it saw last before the end', async () => {
  // One every 40 ms, the first at 0.
  const pictures = (await packetsOfBot(3)).flat();
  const { firstPictureMs, lastPicture } = await outlineOf(pictures, -120, 490);
  expect(firstPictureMs).toBe(120);
  expect(findCells(lastPicture!)[0]).toMatchObject({ bot: 3, frame: 12 });
});

it('is never a time before the connection', async () => {
  const pictures = (await packetsOfBot(3)).flat();
  expect((await outlineOf(pictures, 30, 490)).firstPictureMs).toBe(0);
});

it('is endless where nothing was seen', async () => {
  expect(await outlineOf([], 0, 1000)).toEqual({ firstPictureMs: Infinity, lastPicture: undefined });
});
