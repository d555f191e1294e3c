import { H264Encoder, I420Buffer, loadNodeAv, type NodeAv, packetizeH264 } from '../../media/h264/index.ts';
import type { Clip, VideoClipFrame } from './process/messages.ts';
import { apartToneBotCount, toneSignature } from './signatures/catalogue.ts';
import { encodeLoop } from './signatures/encode-loop.ts';
import { paintSignature } from './signatures/picture-signature.ts';
import { render } from './signatures/render.ts';
import type { ToneSignature } from './signatures/signature.ts';

/** What a bot's camera gives. */
export interface PictureClipOptions {
  /** Number in the coded patch, 0 to 63. */
  readonly bot: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Whole seconds until picture and sound begin anew. */
  readonly seconds: number;
}

/** Enough for a coded patch to stay readable at 320x180, little enough for sixteen of them on loopback. */
const bitsPerPixel = 0.25;
/** Pictures between keyframes: whoever begins to watch waits for less than half a second. */
const keyframeEvery = 10;

const clips = new Map<string, Promise<Clip>>();

/**
 * A bot with its picture signature and a beep each second, at the moment its lamp flashes: an endless clip of
 * H.264 and Opus on one clock. Encoded once, however often it is asked for.
 */
export function pictureClip(options: PictureClipOptions): Promise<Clip> {
  const key = JSON.stringify(options);
  const made = clips.get(key) ?? encode(options);
  clips.set(key, made);
  return made;
}

/** What a bot's camera gives whose picture changes its size, as a phone's that is turned. */
export interface ChangingPictureOptions {
  /** Number in the coded patch, 0 to 63. */
  readonly bot: number;
  readonly fps: number;
  /** One after the other; all of them together last whole seconds. */
  readonly shapes: readonly { readonly width: number; readonly height: number; readonly seconds: number }[];
}

/**
 * The same with a picture of several sizes, all in one stream: each begins with a keyframe and parameter sets of
 * its own. The numbers of the pictures go on.
 */
export async function changingPictureClip({ bot, fps, shapes }: ChangingPictureOptions): Promise<Clip> {
  const nodeAv = await loadNodeAv();
  const frames: VideoClipFrame[] = [];
  for (const shape of shapes) frames.push(...encodePictures(nodeAv, { bot, fps, ...shape }, frames.length));
  const seconds = shapes.reduce((sum, shape) => sum + shape.seconds, 0);
  return { packets: beeps(bot, seconds), samplesAt48k: 960, video: { frames, fps } };
}

async function encode(options: PictureClipOptions): Promise<Clip> {
  const { bot, fps, seconds } = options;
  const frames = encodePictures(await loadNodeAv(), options, 0);
  return { packets: beeps(bot, seconds), samplesAt48k: 960, video: { frames, fps } };
}

/** @param firstFrame number of the first picture in the coded patch */
function encodePictures(nodeAv: NodeAv, options: PictureClipOptions, firstFrame: number): VideoClipFrame[] {
  const { bot, width, height, fps, seconds } = options;
  const bitrateKbps = Math.round((width * height * fps * bitsPerPixel) / 1000);
  const encoder = H264Encoder.openSync(nodeAv, { width, height, fps, bitrateKbps });
  const buffer = new I420Buffer(nodeAv, { width, height });
  try {
    return Array.from({ length: Math.round(seconds * fps) }, (_, n) => {
      buffer.write(paintSignature({ bot, frame: firstFrame + n, width, height, fps }));
      const { data, keyframe } = encoder.encodeSync(buffer, { keyframe: n % keyframeEvery === 0 });
      return { payloads: packetizeH264(data).map(({ payload }) => payload), keyframe };
    });
  } finally {
    encoder.close();
    buffer.close();
  }
}

/** Duration of a beep, as long as the lamp burns. */
const beepSeconds = 0.1;
export const beepLevelDbfs = -18;

/** The tone of a bot's beep; after some bots they begin anew. */
export function beepOf(bot: number): ToneSignature {
  return toneSignature(bot % apartToneBotCount);
}

function beeps(bot: number, seconds: number): Buffer[] {
  const loop = render(beepOf(bot), { seconds, levelDbfs: beepLevelDbfs });
  for (let i = 0; i < loop.length; i += 1) if (i % 48_000 >= beepSeconds * 48_000) loop[i] = 0;
  return encodeLoop(loop);
}
