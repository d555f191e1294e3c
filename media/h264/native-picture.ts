import type { Frame } from 'node-av/lib';
import type { I420Planes } from './i420.ts';

/**
 * A picture in native memory, with the padding that swscale and x264 read past the end of rows: an
 * `I420Buffer` or a `DecodedPicture`. I420 with 8 bits.
 */
export interface NativePicture extends I420Planes {
  /** True: 0 to 255 instead of 16 to 235. */
  readonly fullRange: boolean;
  /** For native calls: never to be kept, nor freed. @throws H264Error where the picture is gone */
  readonly frame: Frame;
}
