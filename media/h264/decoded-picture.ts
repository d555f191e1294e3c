import type { Frame } from 'node-av/lib';
import { H264Error } from './h264-error.ts';
import type { I420Image } from './i420.ts';
import type { NativePicture } from './native-picture.ts';

/** A picture that a decoder made. It is the decoder's: gone with its next picture, and when it is closed. */
export class DecodedPicture implements NativePicture {
  readonly width: number;
  readonly height: number;
  readonly fullRange: boolean;
  readonly #frame: Frame;
  #open = true;

  constructor(frame: Frame, fullRange: boolean) {
    this.#frame = frame;
    this.width = frame.width;
    this.height = frame.height;
    this.fullRange = fullRange;
  }

  /** For native calls. @throws H264Error where the picture is gone */
  get frame(): Frame {
    if (!this.#open) throw new H264Error('the picture is gone: the decoder went on');
    return this.#frame;
  }

  /** Views of native memory: never to be kept. @throws H264Error where the picture is gone */
  get planes(): readonly [Buffer, Buffer, Buffer] {
    const planes = this.frame.data;
    if (planes?.length !== 3) throw new H264Error('the picture has no planes');
    return [planes[0]!, planes[1]!, planes[2]!];
  }

  /** @throws H264Error where the picture is gone */
  get strides(): readonly [number, number, number] {
    const [y, u, v] = this.frame.linesize;
    return [y!, u!, v!];
  }

  /** A copy in plain memory, in the range that it came in. @throws H264Error where the picture is gone */
  toImage(): I420Image {
    return { width: this.width, height: this.height, data: this.frame.toBuffer() };
  }

  /** For the decoder: its memory is used for something else from here on. */
  invalidate(): void {
    this.#open = false;
  }
}
