import type { RtpVideoPacket } from './access-unit.ts';
import { H264Encoder, type H264EncoderOptions } from './h264-encoder.ts';
import { type I420Image, type I420Planes, i420Bytes, planesOf, type Size } from './i420.ts';
import { I420Buffer } from './i420-buffer.ts';
import { loadNodeAv } from './node-av.ts';
import { packetizeH264 } from './rtp-packetizer.ts';

/** Luma, U and V. */
export type Colour = readonly [y: number, u: number, v: number];

/** A picture of one colour. */
export function solid(size: Size, [y, u, v]: Colour): I420Image {
  const image = { width: size.width, height: size.height, data: new Uint8Array(i420Bytes(size)) };
  const { planes } = planesOf(image);
  planes[0].fill(y);
  planes[1].fill(u);
  planes[2].fill(v);
  return image;
}

/** A picture in which every place and every frame looks different. */
export function moving(size: Size, frame: number): I420Image {
  const image = solid(size, [0, 90 + (frame % 40), 150]);
  const [luma] = planesOf(image).planes;
  for (let i = 0; i < luma.length; i += 1) {
    const [x, y] = [i % size.width, Math.floor(i / size.width)];
    luma[i] = 40 + (((x + 3 * frame) ^ (y + frame)) & 127);
  }
  return image;
}

/** The colour at a place. */
export function colourAt(picture: I420Planes, x: number, y: number): Colour {
  const at = (plane: 0 | 1 | 2, px: number, py: number) =>
    picture.planes[plane][py * picture.strides[plane] + px]!;
  return [at(0, x, y), at(1, x >> 1, y >> 1), at(2, x >> 1, y >> 1)];
}

/** Encodes pictures one after the other; the first is a keyframe. */
export async function encodeAll(
  pictures: readonly I420Image[],
  options: Partial<H264EncoderOptions> = {},
): Promise<Buffer[]> {
  const { width, height } = pictures[0]!;
  const buffer = new I420Buffer(await loadNodeAv(), { width, height });
  const encoder = await H264Encoder.open({ width, height, fps: 25, bitrateKbps: 800, ...options });
  const encoded: Buffer[] = [];
  for (const picture of pictures) {
    buffer.write(picture);
    encoded.push((await encoder.encode(buffer)).data);
  }
  encoder.close();
  buffer.close();
  return encoded;
}

/** RTP packets of pictures that are 40 ms apart. */
export function toRtp(
  accessUnits: readonly Uint8Array[],
  { ssrc = 1, firstSequenceNumber = 0, firstTimestamp = 0, maxBytes = 1200 } = {},
): RtpVideoPacket[] {
  return accessUnits
    .flatMap((accessUnit, i) =>
      packetizeH264(accessUnit, maxBytes).map((part) => ({
        ...part,
        timestamp: (firstTimestamp + i * 3600) >>> 0,
      })),
    )
    .map((part, i) => ({ ...part, ssrc, sequenceNumber: (firstSequenceNumber + i) & 0xffff }));
}
