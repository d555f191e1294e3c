/**
 * Makes the picture clips anew: `npx tsx media-samples/pictures/make-pictures.ts`. The clips are part of the
 * project, so nobody has to.
 */
import { writeFileSync } from 'node:fs';
import { stampPicture } from '../../conformance/bots/signatures/picture-signature.ts';
import { H264Encoder, I420Buffer, loadNodeAv } from '../../media/h264/index.ts';
import { type ClipDescription, clips } from './clips.ts';
import type { ClipFile } from './index.ts';
import { scenes } from './scenes.ts';

const nodeAv = await loadNodeAv();
for (const clip of clips) {
  const { name, width, height, fps, seconds, bitrateKbps, bot } = clip;
  // A keyframe every second, for those who begin to watch.
  const keyframeInterval = Math.round(fps);
  const encoder = H264Encoder.openSync(nodeAv, { width, height, fps, bitrateKbps, keyframeInterval });
  const buffer = new I420Buffer(nodeAv, { width, height });
  const pictures = [];
  for (let frame = 0; frame < Math.round(seconds * fps); frame++) {
    const picture = paint(clip, frame / fps);
    stampPicture(picture, bot, frame);
    buffer.write(picture);
    const { data, keyframe } = encoder.encodeSync(buffer);
    pictures.push({ data: Buffer.from(data), keyframe });
  }
  encoder.close();
  buffer.close();

  const file: ClipFile = {
    ...{ name, width, height, fps, bot },
    bytes: pictures.map(({ data }) => data.length),
    keyframes: pictures.flatMap(({ keyframe }, n) => (keyframe ? [n] : [])),
  };
  const stream = Buffer.concat(pictures.map(({ data }) => data));
  writeFileSync(new URL(`${name}.h264`, import.meta.url), stream);
  writeFileSync(new URL(`${name}.json`, import.meta.url), `${JSON.stringify(file)}\n`);
  process.stdout.write(`${name}: ${pictures.length} pictures, ${stream.length} bytes\n`);
}

function paint({ scene, width, height }: ClipDescription, t: number) {
  const data = new Uint8Array((width * height * 3) / 2);
  const colour = scenes[scene];
  const luma = width * height;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [y, u, v] = colour((column + 0.5) / height, (row + 0.5) / height, t, width / height);
      data[row * width + column] = y;
      if (row % 2 === 1 || column % 2 === 1) continue;
      const chroma = luma + (row / 2) * (width / 2) + column / 2;
      data[chroma] = u;
      data[chroma + luma / 4] = v;
    }
  }
  return { width, height, data };
}
