import { H264Encoder, I420Buffer, loadNodeAv, packetizeH264 } from '../../media/h264/index.ts';
import type { Clip } from './process/messages.ts';
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

async function encode(options: PictureClipOptions): Promise<Clip> {
  const { bot, width, height, fps, seconds } = options;
  const nodeAv = await loadNodeAv();
  const bitrateKbps = Math.round((width * height * fps * bitsPerPixel) / 1000);
  const encoder = H264Encoder.openSync(nodeAv, { width, height, fps, bitrateKbps });
  const buffer = new I420Buffer(nodeAv, { width, height });
  try {
    const frames = Array.from({ length: Math.round(seconds * fps) }, (_, frame) => {
      buffer.write(paintSignature({ bot, frame, width, height, fps }));
      const { data, keyframe } = encoder.encodeSync(buffer, { keyframe: frame % keyframeEvery === 0 });
      return { payloads: packetizeH264(data).map(({ payload }) => payload), keyframe };
    });
    return { packets: beeps(bot, seconds), samplesAt48k: 960, video: { frames, fps } };
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
