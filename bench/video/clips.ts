import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { H264Encoder } from '../../media/h264/h264-encoder.ts';
import { planesOf, type Size } from '../../media/h264/i420.ts';
import { I420Buffer } from '../../media/h264/i420-buffer.ts';
import { loadNodeAv } from '../../media/h264/node-av.ts';

/** Pictures of one clip; it begins with a keyframe, so that it can be repeated. */
const clipPictures = 50;
const fps = 25;

/** Pictures of members as files, one after the other in the H.264 byte stream. */
export interface Clips {
  readonly files: readonly string[];
  /** Deletes the files. */
  remove(): Promise<void>;
}

/**
 * Makes a moving picture for each member, each another one, of the bit rate that a small camera has.
 * @param pictures length of each file, in pictures
 */
export async function makeClips(members: number, size: Size, pictures: number): Promise<Clips> {
  const folder = await mkdtemp(join(tmpdir(), 'mosaic2-bench-'));
  const files: string[] = [];
  for (let member = 0; member < members; member += 1) {
    const clip = Buffer.concat(await encodeClip(member, size));
    const file = join(folder, `member${member}.h264`);
    await writeFile(file, Buffer.concat(new Array<Buffer>(Math.ceil(pictures / clipPictures)).fill(clip)));
    files.push(file);
  }
  return { files, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function encodeClip(member: number, size: Size): Promise<Buffer[]> {
  const picture = new I420Buffer(await loadNodeAv(), size);
  const bitrateKbps = size.width > 320 ? 600 : 250;
  const encoder = await H264Encoder.open({ ...size, fps, bitrateKbps });
  const clip: Buffer[] = [];
  for (let frame = 0; frame < clipPictures; frame += 1) {
    picture.write({ ...size, data: paint(member, frame, size) });
    clip.push((await encoder.encode(picture)).data);
  }
  encoder.close();
  picture.close();
  return clip;
}

/** A still, textured background in the member's colour with a bright disc that circles, and some noise. */
function paint(member: number, frame: number, size: Size): Uint8Array {
  const data = new Uint8Array((size.width * size.height * 3) / 2);
  const { planes } = planesOf({ ...size, data });
  const angle = (2 * Math.PI * frame) / clipPictures;
  const [centreX, centreY] = [
    size.width * (0.5 + 0.3 * Math.cos(angle + member)),
    size.height * (0.5 + 0.3 * Math.sin(angle + member)),
  ];
  const radius = size.height / 5;
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const inDisc = (x - centreX) ** 2 + (y - centreY) ** 2 < radius ** 2;
      const texture = ((x * 7 + y * 13 + member * 31) % 64) + ((x ^ y) & 31);
      const noise = (x * 31 + y * 17 + frame * 101) % 5;
      planes[0][y * size.width + x] = (inDisc ? 130 : 50) + texture + noise;
    }
  }
  planes[1].fill(90 + ((member * 37) % 80));
  planes[2].fill(90 + ((member * 59) % 80));
  return data;
}
