import { expect, it } from 'vitest';
import { changingPictureClip } from '../../bots/picture-clip.ts';
import { packetsOfBot, packetsOfClip } from '../../bots/test-viewer.ts';
import { findCells } from '../../picture/find-cells.ts';
import type { I420Picture } from '../../picture/i420.ts';
import { turnedPhone } from '../mixed-members.ts';
import { CanvasReader } from './canvas-reader.ts';

const frameIn = (picture: I420Picture | undefined) => picture && findCells(picture)[0]?.frame;

it('reads every picture of what comes in portions, and keeps those that are asked for', async () => {
  const pictures = await packetsOfBot(3);
  const reader = await CanvasReader.open({});
  reader.keep(-1);
  reader.push(pictures.slice(0, 10).flat());
  // Pictures come every 40 ms: this is the last moment of number 11, which has not been pushed yet.
  reader.keep(479);
  reader.push(pictures.slice(10, 20).flat());
  reader.keep(800);
  reader.push(pictures.slice(20).flat());
  const { kept, canvases, shapes, ...summary } = reader.viewed;
  reader.close();
  reader.close();
  expect(summary).toMatchObject({ pictures: 25, damaged: 0, width: 320, height: 180 });
  expect(canvases.map(({ cells }) => cells.map(({ bot, frame }) => [bot, frame]))).toEqual(
    Array.from({ length: 25 }, (_, frame) => [[3, frame]]),
  );
  expect(canvases[0]).toMatchObject({ arrivalMs: 0, keyframe: true });
  expect(kept.map(frameIn)).toEqual([undefined, 11, 20]);
  expect(shapes).toBeUndefined();
});

it('decodes what came before, and reads what came from then on', async () => {
  const reader = await CanvasReader.open({ fromMs: 600 });
  reader.push((await packetsOfBot(3)).flat());
  const { pictures, canvases } = reader.viewed;
  reader.close();
  expect(pictures).toBe(25);
  expect(canvases.map(({ arrivalMs }) => arrivalMs)).toEqual(
    Array.from({ length: 10 }, (_, picture) => 600 + 40 * picture),
  );
});

it('keeps the last canvas of each shape that stood for half a second', async () => {
  const [upright, turned] = turnedPhone.shapes;
  const shapes = [
    { ...upright, seconds: 0.8 },
    { ...turned, seconds: 0.2 },
    { ...upright, seconds: 0.4 },
    { ...turned, seconds: 0.6 },
  ];
  const clip = await changingPictureClip({ bot: turnedPhone.bot, fps: 25, shapes });
  const reader = await CanvasReader.open({ shapesOf: 1 });
  reader.push(packetsOfClip(clip).flat());
  const { byShape, worstBackground } = reader.viewed.shapes!;
  reader.close();
  expect(byShape.map(({ canvas, picture }) => [canvas.arrivalMs, picture.width, frameIn(picture)])).toEqual([
    [19 * 40, upright.width, 19],
    [49 * 40, turned.width, 49],
  ]);
  // The picture covers its whole canvas.
  expect(worstBackground).toMatchObject({ points: 0, notBlackShare: 0 });
});
