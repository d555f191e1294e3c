import { expect, it } from 'vitest';
import { H264Decoder, loadNodeAv, RtpDepacketizer } from '../../media/h264/index.ts';
import { findCells } from '../picture/find-cells.ts';
import { changingPictureClip } from './picture-clip.ts';
import { checkVideoClip } from './process/clip-player.ts';

it('a picture that changes its size goes on counting in one stream', async () => {
  const shapes = [
    { width: 180, height: 320, seconds: 0.6 },
    { width: 322, height: 182, seconds: 0.4 },
  ];
  const { video } = await changingPictureClip({ bot: 5, fps: 10, shapes });
  checkVideoClip(video!);
  expect(video!.frames.map(({ keyframe }) => keyframe).indexOf(true, 1)).toBe(6);

  const decoder = H264Decoder.openSync(await loadNodeAv());
  const seen: unknown[] = [];
  const depacketizer = new RtpDepacketizer({
    onAccessUnit: ({ data }) => {
      decoder.decodeSync(data);
      const [cell] = findCells(decoder.picture!.toImage());
      seen.push([cell?.bot, cell?.frame, cell?.source.width, cell?.source.height]);
    },
  });
  let sequenceNumber = 0;
  for (const [frame, { payloads }] of video!.frames.entries()) {
    for (const [n, payload] of payloads.entries()) {
      const marker = n === payloads.length - 1;
      const packet = { ssrc: 1, sequenceNumber, timestamp: frame * 9000, marker };
      depacketizer.push({ ...packet, payload: Buffer.from(payload) }, frame * 100);
      sequenceNumber += 1;
    }
  }
  decoder.close();
  const sizeOf = (frame: number) => (frame < 6 ? [180, 320] : [322, 182]);
  expect(seen).toEqual(Array.from({ length: 10 }, (_, frame) => [5, frame, ...sizeOf(frame)]));
});
