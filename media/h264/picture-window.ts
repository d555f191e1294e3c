import type { Frame } from 'node-av/lib';
import { H264Error } from './h264-error.ts';
import { partOf, type Rect } from './i420.ts';
import type { I420Buffer } from './i420-buffer.ts';
import type { NativePicture } from './native-picture.ts';
import type { NodeAv } from './node-av.ts';

/**
 * A rectangle of a picture as a picture of its own, on the same memory: what is drawn into the window is
 * drawn into the picture. The memory lives as long as either of them.
 */
export class PictureWindow implements NativePicture {
  readonly width: number;
  readonly height: number;
  readonly fullRange: boolean;
  readonly strides: readonly [number, number, number];
  readonly frame: Frame;
  readonly #whole: I420Buffer;
  readonly #rect: Rect;

  /**
   * @param rect even numbers, inside the picture
   * @throws H264Error where FFmpeg makes no window
   */
  constructor(nodeAv: NodeAv, whole: I420Buffer, rect: Rect) {
    this.#whole = whole;
    this.#rect = rect;
    this.width = rect.width;
    this.height = rect.height;
    this.fullRange = whole.fullRange;
    this.strides = whole.strides;
    this.frame = cropFrame(nodeAv, whole, rect);
  }

  /** Views of native memory: never to be kept. */
  get planes(): readonly [Uint8Array, Uint8Array, Uint8Array] {
    return partOf(this.#whole, this.#rect).planes;
  }

  /** Idempotent. */
  close(): void {
    this.frame.free();
  }
}

/** FFmpeg's crop filter moves pointers and copies nothing. */
function cropFrame(nodeAv: NodeAv, whole: I420Buffer, { x, y, width, height }: Rect): Frame {
  const graph = new nodeAv.FilterGraph();
  graph.alloc();
  const frame = new nodeAv.Frame();
  frame.alloc();
  try {
    const size = `video_size=${whole.width}x${whole.height}`;
    const format = `pix_fmt=${whole.frame.format}:time_base=1/1:pixel_aspect=1/1`;
    const make = (name: string, args: string | null) => {
      const filter = nodeAv.Filter.getByName(name);
      const context = filter === null ? null : graph.createFilter(filter, name, args);
      if (context === null) throw new H264Error(`FFmpeg has no filter ${name}=${args}`);
      return context;
    };
    const source = make('buffer', `${size}:${format}`);
    const crop = make('crop', `${width}:${height}:${x}:${y}:exact=1`);
    const sink = make('buffersink', null);
    const steps = [
      () => source.link(0, crop, 0),
      () => crop.link(0, sink, 0),
      () => graph.configSync(),
      () => source.buffersrcAddFrameSync(whole.frame, nodeAv.AV_BUFFERSRC_FLAG_KEEP_REF),
      () => sink.buffersinkGetFrameSync(frame),
    ];
    for (const step of steps) {
      const result = step();
      if (result < 0) throw new H264Error(`no window of a picture could be made (${result})`);
    }
    return frame;
  } catch (error) {
    frame.free();
    throw error;
  } finally {
    graph.free();
  }
}
