import { type I420Picture, requirePicture } from '../picture/i420.ts';

/**
 * Makes a Y4M file of 4:2:0 pictures: a line of ASCII for the stream, one before each picture, and the planes as
 * they are (mjpegtools, yuv4mpeg(5)). Chromium plays it to its fake camera.
 *
 * @param fps whole pictures per second
 * @throws RangeError for no pictures, pictures of different sizes or that are no I420, or a rate that is not whole
 */
export function writeY4m(pictures: readonly I420Picture[], fps: number): Buffer {
  const first = pictures[0];
  if (first === undefined) throw new RangeError('writeY4m: no pictures');
  if (!Number.isInteger(fps) || fps < 1) throw new RangeError(`writeY4m: ${fps} fps is no whole rate`);
  const { width, height } = first;
  const pieces: Uint8Array[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420\n`)];
  for (const picture of pictures) {
    requirePicture(picture, 'writeY4m');
    if (picture.width !== width || picture.height !== height) {
      throw new RangeError(
        `writeY4m: a picture of ${picture.width}x${picture.height} among ${width}x${height}`,
      );
    }
    pieces.push(Buffer.from('FRAME\n'), picture.data);
  }
  return Buffer.concat(pieces);
}
