import type { Frame } from 'node-av/lib';
import { H264Error } from './h264-error.ts';
import { checkEvenSize, checkI420Image, type I420Image, planesOf, type Size } from './i420.ts';
import type { NativePicture } from './native-picture.ts';
import type { NodeAv } from './node-av.ts';

/**
 * A picture in native memory, which encoder and scaler work on without copying. I420.
 *
 * The planes are views of native memory: nobody may keep them longer than the buffer is open.
 */
export class I420Buffer implements NativePicture {
  readonly width: number;
  readonly height: number;
  readonly strides: readonly [number, number, number];
  readonly fullRange: boolean;
  readonly #frame: Frame;
  #planes: readonly [Buffer, Buffer, Buffer] | undefined;

  /**
   * @param nodeAv from `loadNodeAv`
   * @param size even; the picture is undefined at first
   * @param range full only for JPEG; default limited
   * @throws RangeError for an odd size, H264Error where there is no memory
   */
  constructor(nodeAv: NodeAv, size: Size, range: 'limited' | 'full' = 'limited') {
    checkEvenSize(size, 'I420Buffer');
    this.fullRange = range === 'full';
    this.width = size.width;
    this.height = size.height;
    this.#frame = new nodeAv.Frame();
    this.#frame.alloc();
    this.#frame.width = size.width;
    this.#frame.height = size.height;
    this.#frame.format = this.fullRange ? nodeAv.AV_PIX_FMT_YUVJ420P : nodeAv.AV_PIX_FMT_YUV420P;
    const planes = this.#frame.getBuffer() < 0 ? null : this.#frame.data;
    if (planes?.length !== 3) {
      this.#frame.free();
      throw new H264Error(`there is no memory for a picture of ${size.width}x${size.height}`);
    }
    this.#planes = [planes[0]!, planes[1]!, planes[2]!];
    const [y, u, v] = this.#frame.linesize;
    this.strides = [y!, u!, v!];
  }

  /** @throws H264Error after `close` */
  get planes(): readonly [Buffer, Buffer, Buffer] {
    if (this.#planes === undefined) throw new H264Error('the picture is closed');
    return this.#planes;
  }

  /** For encoders and scalers. @throws H264Error after `close` */
  get frame(): Frame {
    if (this.#planes === undefined) throw new H264Error('the picture is closed');
    return this.#frame;
  }

  /** Takes over an image of the same size. @throws RangeError for another size */
  write(image: I420Image): void {
    checkI420Image(image, 'I420Buffer.write');
    if (image.width !== this.width || image.height !== this.height) {
      const own = `${this.width}x${this.height}`;
      throw new RangeError(`I420Buffer.write: expected ${own}, got ${image.width}x${image.height}`);
    }
    const source = planesOf(image);
    this.planes.forEach((plane, i) => {
      const from = source.planes[i]!;
      const rowBytes = source.strides[i]!;
      for (let at = 0, to = 0; at < from.length; at += rowBytes, to += this.strides[i]!) {
        plane.set(from.subarray(at, at + rowBytes), to);
      }
    });
  }

  /** A copy in plain memory. */
  toImage(): I420Image {
    return { width: this.width, height: this.height, data: this.frame.toBuffer() };
  }

  /** Frees the memory. Idempotent. */
  close(): void {
    if (this.#planes === undefined) return;
    this.#planes = undefined;
    this.#frame.free();
  }
}
