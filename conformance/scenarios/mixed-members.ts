import { loadNodeAv, type NodeAv } from '../../media/h264/index.ts';
import { loadPicture, type PictureClip, pictureClipCount } from '../../media-samples/pictures/index.ts';
import { changingPictureClip, pictureClip } from '../bots/picture-clip.ts';
import type { Clip } from '../bots/process/messages.ts';
import { sampleClip } from '../bots/sample-clip.ts';
import { paintSignature } from '../bots/signatures/picture-signature.ts';
import type { I420Picture } from '../picture/i420.ts';
import { sentPicture } from '../picture/sent-picture.ts';

/** A size in pixels. */
export interface Shape {
  readonly width: number;
  readonly height: number;
}

/** A member of a room in which everybody has another shape and rate. */
export interface MixedMember {
  /** In reports: `balls-4x3 640x480@30`. */
  readonly name: string;
  /** Number in the coded patch. */
  readonly bot: number;
  readonly fps: number;
  /** Pictures until they begin anew. */
  readonly loopFrames: number;
  /** True: a recorded picture, which does not have the colour of a bot. */
  readonly recorded: boolean;
  readonly clip: Clip;
  /** A picture as it is sent. */
  sent(frame: number, shape: Shape): I420Picture;
}

/** The member whose picture changes: a phone that is held upright, then turned. */
export const turnedPhone = {
  bot: 3,
  fps: 25,
  shapes: [
    { width: 270, height: 480, seconds: 1.6 },
    { width: 426, height: 240, seconds: 1.4 },
  ],
} as const;

/** Painted cameras, none with a width of whole macroblocks. */
const cameras = [
  { bot: 0, width: 242, height: 430, fps: 30, seconds: 2 },
  { bot: 1, width: 362, height: 272, fps: 15, seconds: 2 },
  { bot: 2, width: 430, height: 184, fps: 24, seconds: 2 },
] as const;

/**
 * Ten members in the order of joining, recorded ones between painted ones: 4:3, 16:9, 16:10, 21:9 and portrait,
 * 7.5 to 30 pictures a second, and one whose shape changes. In a grid of four columns all but those of 4:3 have bars.
 */
export async function mixedMembers(): Promise<readonly MixedMember[]> {
  const nodeAv = await loadNodeAv();
  const recorded = Array.from({ length: pictureClipCount }, (_, i) => recordedMember(nodeAv, i));
  const painted = [...(await Promise.all(cameras.map(paintedMember))), await turnedMember()];
  const order = recorded.flatMap((one, i) => (painted[i] === undefined ? [one] : [one, painted[i]]));
  return order;
}

function recordedMember(nodeAv: NodeAv, index: number): MixedMember {
  const picture = loadPicture(index);
  const { bot, fps, pictures } = picture;
  return {
    name: `${picture.name} ${rateOf(picture)}`,
    ...{ bot, fps, loopFrames: pictures.length, recorded: true, clip: sampleClip(index) },
    sent: (frame) => sentPicture(nodeAv, pictures, frame),
  };
}

async function paintedMember(camera: (typeof cameras)[number]): Promise<MixedMember> {
  const { bot, fps, seconds } = camera;
  return {
    name: `bot ${bot} ${rateOf(camera)}`,
    ...{ bot, fps, loopFrames: seconds * fps, recorded: false, clip: await pictureClip(camera) },
    sent: (frame) => paintSignature({ frame, ...camera }),
  };
}

async function turnedMember(): Promise<MixedMember> {
  const { bot, fps } = turnedPhone;
  const clip = await changingPictureClip(turnedPhone);
  return {
    name: `bot ${bot}, a phone that is turned, @${fps}`,
    ...{ bot, fps, loopFrames: clip.video!.frames.length, recorded: false, clip },
    sent: (frame, { width, height }) => paintSignature({ bot, frame, width, height, fps }),
  };
}

function rateOf({ width, height, fps }: Pick<PictureClip, 'width' | 'height' | 'fps'>): string {
  return `${width}x${height}@${fps}`;
}
