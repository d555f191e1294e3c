import { expect, it } from 'vitest';
import { loadNodeAv } from '../../media/h264/index.ts';
import { loadPicture } from '../../media-samples/pictures/index.ts';
import { findCells } from './find-cells.ts';
import { sentPicture } from './sent-picture.ts';

const { pictures, bot } = loadPicture(4);

it.each([0, 1, 29, 30, 89])('decodes picture %i of a clip alone', async (frame) => {
  const picture = sentPicture(await loadNodeAv(), pictures, frame);
  expect(findCells(picture)).toMatchObject([{ bot, frame }]);
});

it.each([-1, 0.5, 90, Number.NaN])('refuses picture %d, which is none of the clip', async (frame) => {
  const nodeAv = await loadNodeAv();
  expect(() => sentPicture(nodeAv, pictures, frame)).toThrow(/is none of 90 pictures/);
});
