import { H264Decoder, type NodeAv } from '../../media/h264/index.ts';
import type { I420Picture } from './i420.ts';

/** Coded pictures as they are sent: Annex B, no B-frames. */
export type SentPictures = readonly { readonly data: Buffer; readonly keyframe: boolean }[];

/**
 * One picture of a clip as its publisher sends it: what a server should show.
 *
 * @param frame number of the picture, from 0
 * @throws RangeError where there is no such picture, or none before it to begin with
 */
export function sentPicture(nodeAv: NodeAv, pictures: SentPictures, frame: number): I420Picture {
  const first = pictures.findLastIndex(({ keyframe }, n) => keyframe && n <= frame);
  if (!(frame in pictures) || first < 0) {
    throw new RangeError(`sentPicture: ${frame} is none of ${pictures.length} pictures that can be decoded`);
  }
  const decoder = H264Decoder.openSync(nodeAv);
  try {
    for (const { data } of pictures.slice(first, frame + 1)) decoder.decodeSync(data);
    if (decoder.picture === undefined) throw new RangeError(`sentPicture: picture ${frame} is not decoded`);
    return decoder.picture.toImage();
  } finally {
    decoder.close();
  }
}
