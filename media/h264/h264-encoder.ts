import type { CodecContext, Packet } from 'node-av/lib';
import { CodecCalls } from './codec-calls.ts';
import { H264Error } from './h264-error.ts';
import { checkEvenSize, type Size } from './i420.ts';
import type { I420Buffer } from './i420-buffer.ts';
import { isSlice, nalHeadersOfAnnexB, nalTypes } from './nal.ts';
import { loadNodeAv, type NodeAv } from './node-av.ts';
import type { NativeStep } from './steps.ts';

/** What is encoded. */
export interface H264EncoderOptions extends Size {
  /** Pictures per second, above 0 and up to 120. */
  readonly fps: number;
  readonly bitrateKbps: number;
  /** A keyframe at least every so many pictures; by default only where one is asked for. */
  readonly keyframeInterval?: number;
}

/** One encoded picture. */
export interface EncodedPicture {
  /** Annex B; SPS and PPS stand in front of each keyframe. */
  readonly data: Buffer;
  readonly keyframe: boolean;
}

/** x264's own word for "never". */
const noKeyframeInterval = 1 << 30;
/** Level 3.1 of `42e01f` (H.264 table A-1): macroblocks of a picture and of a second. */
const level31 = { macroblocks: 3600, macroblocksPerSecond: 108_000 };

/**
 * Encodes pictures with x264 as WebRTC wants them: constrained baseline, level 3.1 (`42e01f`) where the size
 * permits it, no B-frames and no delay, one thread. An error ends the encoder: it closes itself.
 */
export class H264Encoder {
  readonly options: H264EncoderOptions;
  readonly #nodeAv: NodeAv;
  readonly #context: CodecContext;
  readonly #packet: Packet;
  #pictures = 0n;
  readonly #calls = new CodecCalls({
    onError: (error) => {
      if (!(error instanceof RangeError)) this.close();
    },
    free: () => this.#free(),
  });

  /** @throws RangeError for impossible options, H264Error where x264 does not take them */
  static async open(options: H264EncoderOptions): Promise<H264Encoder> {
    return H264Encoder.openSync(await loadNodeAv(), options);
  }

  /** @param nodeAv from `loadNodeAv` */
  static openSync(nodeAv: NodeAv, options: H264EncoderOptions): H264Encoder {
    checkEvenSize(options, 'H264Encoder');
    const { fps, bitrateKbps, keyframeInterval } = options;
    if (!(fps > 0 && fps <= 120)) throw new RangeError(`H264Encoder: ${fps} pictures per second`);
    if (!(bitrateKbps >= 1 && bitrateKbps <= 100_000)) {
      throw new RangeError(`H264Encoder: ${bitrateKbps} kbit/s`);
    }
    if (keyframeInterval !== undefined && !(Number.isInteger(keyframeInterval) && keyframeInterval > 0)) {
      throw new RangeError(`H264Encoder: a keyframe every ${keyframeInterval} pictures`);
    }
    return new H264Encoder(nodeAv, options);
  }

  private constructor(nodeAv: NodeAv, options: H264EncoderOptions) {
    this.options = options;
    this.#nodeAv = nodeAv;
    const codec = nodeAv.Codec.findEncoderByName(nodeAv.FF_ENCODER_LIBX264);
    if (codec === null) throw new H264Error('FFmpeg has no libx264');
    this.#context = new nodeAv.CodecContext();
    this.#context.allocContext3(codec);
    setUp(nodeAv, this.#context, options);
    this.#packet = new nodeAv.Packet();
    this.#packet.alloc();
    const opened = this.#context.open2Sync(codec, null);
    if (opened >= 0) return;
    this.close();
    throw new H264Error(`x264 cannot be opened (${opened})`);
  }

  get closed(): boolean {
    return this.#calls.closed;
  }

  /**
   * Encodes outside the calling thread; calls are worked off in order. The picture may be changed or closed
   * when the promise has settled.
   * @throws RangeError for a picture of another size, H264Error where x264 fails; ends the encoder
   */
  encode(picture: I420Buffer, options: { keyframe?: boolean } = {}): Promise<EncodedPicture> {
    return this.#calls.run(() => this.#steps(picture, options));
  }

  /** The same on the calling thread; never while `encode` is under way. */
  encodeSync(picture: I420Buffer, options: { keyframe?: boolean } = {}): EncodedPicture {
    return this.#calls.runSync(() => this.#steps(picture, options));
  }

  /** Idempotent. What is being encoded is finished first. */
  close(): void {
    this.#calls.close();
  }

  *#steps(
    picture: I420Buffer,
    options: { keyframe?: boolean },
  ): Generator<NativeStep, EncodedPicture, number> {
    if (this.closed) throw new H264Error('the encoder is closed');
    const { width, height } = this.options;
    if (picture.width !== width || picture.height !== height || picture.fullRange) {
      const got = `${picture.width}x${picture.height}${picture.fullRange ? ' full range' : ''}`;
      throw new RangeError(`H264Encoder.encode: expected ${width}x${height}, got ${got}`);
    }
    const frame = picture.frame;
    frame.pts = this.#pictures;
    this.#pictures += 1n;
    frame.pictType = options.keyframe ? this.#nodeAv.AV_PICTURE_TYPE_I : this.#nodeAv.AV_PICTURE_TYPE_NONE;
    const context = this.#context;
    const sent = yield { sync: () => context.sendFrameSync(frame), async: () => context.sendFrame(frame) };
    if (sent < 0) throw new H264Error(`x264 refused a picture (${sent})`);
    const received = yield {
      sync: () => context.receivePacketSync(this.#packet),
      async: () => context.receivePacket(this.#packet),
    };
    const data = received < 0 ? null : this.#packet.data;
    if (data === null) throw new H264Error(`x264 gave no picture (${received})`);
    const keyframe = this.#packet.isKeyframe;
    this.#packet.unref();
    if (keyframe) sayConstrained(data);
    return { data, keyframe };
  }

  #free(): void {
    this.#context.freeContext();
    this.#packet.free();
  }
}

/** constraint_set2_flag: the Extended profile, which has all that Constrained Baseline has (H.264 §A.2.3). */
const constraintSet2 = 0x20;

/**
 * Makes `42e0` of the `42c0` that x264 writes into its SPS for the same stream: the profile that SDP and the
 * clients have agreed on, letter by letter.
 */
function sayConstrained(accessUnit: Buffer): void {
  for (const { at, type } of nalHeadersOfAnnexB(accessUnit)) {
    if (isSlice(type)) return;
    // profile_idc stands behind the header, the constraint flags behind that (H.264 §7.3.2.1.1).
    if (type === nalTypes.sps) accessUnit[at + 2]! |= constraintSet2;
  }
}

function setUp(nodeAv: NodeAv, context: CodecContext, options: H264EncoderOptions): void {
  const { width, height, fps, bitrateKbps, keyframeInterval } = options;
  context.width = width;
  context.height = height;
  context.pixelFormat = nodeAv.AV_PIX_FMT_YUV420P;
  context.timeBase = new nodeAv.Rational(1000, Math.round(fps * 1000));
  context.framerate = new nodeAv.Rational(Math.round(fps * 1000), 1000);
  const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  // Larger pictures get the level that x264 works out.
  if (macroblocks <= level31.macroblocks && macroblocks * fps <= level31.macroblocksPerSecond) {
    context.level = 31;
  }
  context.bitRate = BigInt(Math.round(bitrateKbps * 1000));
  // What a still picture saves must not be spent at once when it begins to move.
  context.rcMaxRate = context.bitRate + context.bitRate / 2n;
  context.rcBufferSize = Math.round(bitrateKbps * 1000);
  context.gopSize = keyframeInterval ?? noKeyframeInterval;
  context.maxBFrames = 0;
  context.threadCount = 1;
  for (const [name, value] of Object.entries({
    preset: 'ultrafast',
    tune: 'zerolatency',
    profile: 'baseline',
    'forced-idr': '1',
    // Said in the SPS (H.264 §E.2.1), for browsers take BT.709 where nothing is said, and cameras give BT.601.
    color_primaries: 'smpte170m',
    color_trc: 'smpte170m',
    colorspace: 'smpte170m',
    color_range: 'tv',
  })) {
    const set = context.setOption(name, value);
    if (set < 0) throw new H264Error(`x264 has no option ${name}=${value} (${set})`);
  }
}
