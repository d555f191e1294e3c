import { H264Decoder, H264Encoder, I420Buffer, loadNodeAv } from '../../../media/h264/index.ts';
import type { I420Picture } from '../i420.ts';

/** One way through encoder and decoder. */
export interface H264Leg {
  readonly fps?: number;
  /** x264 ultrafast, zerolatency. */
  readonly bitrateKbps: number;
}

/** Sends pictures of one size through x264 and a decoder, one by one: what comes out has its losses. */
export async function throughH264(
  pictures: readonly I420Picture[],
  { fps = 25, bitrateKbps }: H264Leg,
): Promise<readonly I420Picture[]> {
  const first = pictures[0];
  if (first === undefined) return [];
  const { width, height } = first;
  const nodeAv = await loadNodeAv();
  const encoder = H264Encoder.openSync(nodeAv, { width, height, fps, bitrateKbps });
  const decoder = H264Decoder.openSync(nodeAv);
  const buffer = new I420Buffer(nodeAv, { width, height });
  try {
    return pictures.map((picture, n) => {
      buffer.write(picture);
      const { data } = encoder.encodeSync(buffer, { keyframe: n === 0 });
      if (!decoder.decodeSync(data) || decoder.picture === undefined)
        throw new Error('no picture was decoded');
      return decoder.picture.toImage();
    });
  } finally {
    buffer.close();
    encoder.close();
    decoder.close();
  }
}
