import type { CodecContext, Frame, Packet } from 'node-av/lib';
import { CodecCalls } from './codec-calls.ts';
import { DecodedPicture } from './decoded-picture.ts';
import { H264Error } from './h264-error.ts';
import { isSlice, nalHeadersOfAnnexB, nalsOfAnnexB, nalTypes } from './nal.ts';
import { loadNodeAv, type NodeAv } from './node-av.ts';
import { maxPicturePixels, pictureSizeProblem, readSps } from './sps.ts';
import type { NativeStep } from './steps.ts';

/** Longer pictures are refused. */
const maxAccessUnitBytes = 8 * 1024 * 1024;
const shortStartCodeBytes = 3;

/**
 * Decodes one H.264 stream, access unit by access unit, without delay. 4:2:0 with 8 bits, up to
 * `maxPicturePixels`; the size may change in mid-stream.
 *
 * An error ends the decoder: it closes itself, and a new one begins with the next keyframe.
 */
export class H264Decoder {
  readonly #nodeAv: NodeAv;
  readonly #context: CodecContext;
  readonly #packet: Packet;
  /** The newest picture's memory, and where the next one is decoded into. */
  #frame: Frame;
  #spare: Frame;
  #picture: DecodedPicture | undefined;
  readonly #calls = new CodecCalls({ onError: () => this.close(), free: () => this.#free() });

  /** @throws H264Error where FFmpeg has no decoder, or it cannot be opened */
  static async open(): Promise<H264Decoder> {
    return H264Decoder.openSync(await loadNodeAv());
  }

  /** @param nodeAv from `loadNodeAv` */
  static openSync(nodeAv: NodeAv): H264Decoder {
    return new H264Decoder(nodeAv);
  }

  private constructor(nodeAv: NodeAv) {
    this.#nodeAv = nodeAv;
    const codec = nodeAv.Codec.findDecoder(nodeAv.AV_CODEC_ID_H264);
    if (codec === null) throw new H264Error('FFmpeg has no H.264 decoder');
    this.#context = new nodeAv.CodecContext();
    this.#context.allocContext3(codec);
    this.#context.threadCount = 1;
    this.#context.setFlags(nodeAv.AV_CODEC_FLAG_LOW_DELAY);
    const limited = this.#context.setOption('max_pixels', String(maxPicturePixels));
    const opened = limited < 0 ? limited : this.#context.open2Sync(codec, null);
    this.#packet = new nodeAv.Packet();
    this.#packet.alloc();
    [this.#frame, this.#spare] = [newFrame(nodeAv), newFrame(nodeAv)];
    if (opened >= 0) return;
    this.close();
    throw new H264Error(`the H.264 decoder cannot be opened (${opened})`);
  }

  /** The newest picture, until the next is decoded; `undefined` before the first. */
  get picture(): DecodedPicture | undefined {
    return this.#picture;
  }

  get closed(): boolean {
    return this.#calls.closed;
  }

  /**
   * Decodes outside the calling thread; calls are worked off in order.
   * @param accessUnit Annex B, one whole picture; the first one a keyframe with parameter sets
   * @returns true where `picture` is a new one
   * @throws H264Error for what cannot be decoded, a damaged picture, one that is too large; ends the decoder
   */
  decode(accessUnit: Uint8Array): Promise<boolean> {
    return this.#calls.run(() => this.#steps(accessUnit));
  }

  /** The same on the calling thread; never while `decode` is under way. */
  decodeSync(accessUnit: Uint8Array): boolean {
    return this.#calls.runSync(() => this.#steps(accessUnit));
  }

  /** Idempotent. What is being decoded is finished first. */
  close(): void {
    this.#picture?.invalidate();
    this.#picture = undefined;
    this.#calls.close();
  }

  *#steps(accessUnit: Uint8Array): Generator<NativeStep, boolean, number> {
    if (this.closed) throw new H264Error('the decoder is closed');
    const bytes = Buffer.from(accessUnit.buffer, accessUnit.byteOffset, accessUnit.byteLength);
    checkAccessUnit(bytes);
    this.#packet.data = bytes;
    const context = this.#context;
    const sent = yield {
      sync: () => context.sendPacketSync(this.#packet),
      async: () => context.sendPacket(this.#packet),
    };
    this.#packet.unref();
    if (sent < 0) throw new H264Error(`undecodable H.264 (${sent})`);
    let isNew = false;
    for (;;) {
      const received = yield {
        sync: () => context.receiveFrameSync(this.#spare),
        async: () => context.receiveFrame(this.#spare),
      };
      if (received === this.#nodeAv.AVERROR_EAGAIN) return isNew;
      if (received < 0) throw new H264Error(`undecodable H.264 (${received})`);
      if (this.closed) return false;
      this.#takeSpare();
      isNew = true;
    }
  }

  #takeSpare(): void {
    const { nodeAv, frame } = { nodeAv: this.#nodeAv, frame: this.#spare };
    const fullRange =
      frame.format === nodeAv.AV_PIX_FMT_YUVJ420P || frame.colorRange === nodeAv.AVCOL_RANGE_JPEG;
    if (frame.format !== nodeAv.AV_PIX_FMT_YUV420P && frame.format !== nodeAv.AV_PIX_FMT_YUVJ420P) {
      throw new H264Error('only 4:2:0 pictures with 8 bits are shown');
    }
    if (frame.decodeErrorFlags !== 0) throw new H264Error('the picture is damaged');
    if (frame.width % 2 !== 0 || frame.height % 2 !== 0 || frame.width < 2 || frame.height < 2) {
      throw new H264Error(`a picture of ${frame.width}x${frame.height} is odd`);
    }
    this.#picture?.invalidate();
    [this.#frame, this.#spare] = [this.#spare, this.#frame];
    this.#picture = new DecodedPicture(this.#frame, fullRange);
  }

  #free(): void {
    this.#context.freeContext();
    this.#packet.free();
    this.#frame.free();
    this.#spare.free();
  }
}

function newFrame(nodeAv: NodeAv): Frame {
  const frame = new nodeAv.Frame();
  frame.alloc();
  return frame;
}

/** Looks at the parameter sets before FFmpeg makes room for what they promise. */
function checkAccessUnit(accessUnit: Buffer): void {
  if (accessUnit.length === 0) throw new H264Error('an access unit cannot be empty');
  if (accessUnit.length > maxAccessUnitBytes) {
    throw new H264Error(`an access unit of ${accessUnit.length} bytes is too long`);
  }
  for (const { at, type } of nalHeadersOfAnnexB(accessUnit)) {
    if (isSlice(type)) return;
    if (type !== nalTypes.sps) continue;
    const [sps] = nalsOfAnnexB(accessUnit.subarray(at - shortStartCodeBytes));
    const problem = pictureSizeProblem(readSps(sps ?? Buffer.alloc(0)));
    if (problem !== undefined) throw new H264Error(problem);
  }
}
