import { setTimeout as delay } from 'node:timers/promises';
import { nowMs } from '../bots/clock.ts';
import type { ReceivedPacket, ReceivedVideoPacket } from '../bots/process/messages.ts';
import { decodeRecording, preRollSamples, type Recording } from '../bots/recording.ts';
import type { I420Picture } from '../picture/i420.ts';
import type { RunContext, Scenario } from '../run/context.ts';
import { inThread } from './analysis-thread/in-thread.ts';
import { type Lateness, latenessSince, maxStallMs } from './busy.ts';
import type { Viewed } from './picture-reading/messages.ts';
import { PictureReader } from './picture-reading/picture-reader.ts';
import { camera, joinWithCamera, measureInPictureRoom, type Watching, watch } from './picture-room.ts';
import { watchSaturation } from './saturation.ts';
import { mayBeHeldUpHere } from './shown-times.ts';
import type { SuiteRoom } from './suite-room.ts';

/**
 * Moments of the scenario, in ms of the monotonic clock: before each change is asked for, and after it has been
 * answered.
 */
export interface PictureMoments {
  readonly steady: number;
  readonly joining: number;
  readonly joined: number;
  readonly muting: number;
  readonly muted: number;
  readonly unmuting: number;
  readonly unmuted: number;
  readonly leaving: number;
  readonly left: number;
  readonly end: number;
}

/** What two viewers saw while others came, were muted, and went. */
export interface PictureChanges extends Lateness {
  readonly first: Viewed;
  readonly sound: Recording;
  readonly moments: PictureMoments;
  /** True: the processors of this machine, or the quota of this container, had no time left. */
  readonly isSaturated: boolean;
  /** From a viewer's connection to its first picture, of the two who came later the longer one. */
  readonly firstPictureMs: number;
  /** When the first picture of each bot's loop was taken, in ms of the monotonic clock. */
  readonly firstFramesMs: readonly number[];
  /** When the first viewer asked for a keyframe, in the steady time. */
  readonly askedMs: readonly number[];
  /** The first viewer's last canvas of each part. */
  readonly canvases: Readonly<Record<'steady' | 'joined' | 'muted' | 'left', I420Picture | undefined>>;
  /** What the second viewer, who came later, saw at the end. */
  readonly canvasOfSecond: I420Picture | undefined;
}

const partMs = 1500;
/** So often a keyframe is asked for in the steady time, one request a while after the other. */
const requests = 6;

/**
 * Three members; a fourth joins; the second is muted by mute_video and unmuted; the third leaves. It is done again while
 * this machine is too busy to tell what is seen when.
 */
export const pictureChanges: Scenario<PictureChanges> = {
  name: 'pictures that come and go',
  async play(context) {
    const { bars } = context.target;
    const watched = await measureInPictureRoom(
      context,
      'changes',
      (room) => watchChanges(context, room),
      (changes) => changes.latenessMostMs <= maxStallMs && !mayBeHeldUpHere(changes, bars?.freezeMs),
    );
    return decodeOthers(context, watched);
  },
};

/** What the first viewer saw, and the rest as it came. */
interface WatchedChanges
  extends Lateness,
    Pick<PictureChanges, 'first' | 'moments' | 'firstFramesMs' | 'askedMs' | 'isSaturated'> {
  readonly sound: readonly ReceivedPacket[];
  readonly newcomers: readonly [Newcomer, Newcomer];
}

interface Newcomer {
  readonly connectedMs: number;
  readonly pictures: readonly ReceivedVideoPacket[];
}

async function watchChanges(context: RunContext, room: SuiteRoom): Promise<WatchedChanges> {
  const bot0 = await joinWithCamera(room, 0);
  const bot1 = await joinWithCamera(room, 1);
  const bot2 = await joinWithCamera(room, 2);
  const { viewer: first } = await watch(room);
  const reader = new PictureReader(first, { signal: context.signal });
  try {
    await delay(partMs);
    const newcomersFrom = nowMs();
    const isSaturated = watchSaturation();
    const second = await watch(room);
    await delay(partMs / 2);
    // One newcomer may come just before a keyframe that is due anyway; two of them hardly do.
    const third = await watch(room);
    const steady = nowMs();
    const askedMs: number[] = [];
    for (let request = 0; request < requests; request += 1) {
      askedMs.push(nowMs());
      await first.requestKeyframe();
      await delay((partMs * 2) / requests);
    }
    const joining = reader.keep();
    const bot3 = await joinWithCamera(room, 3);
    const joined = nowMs();
    await delay(partMs);
    const muting = reader.keep();
    await room.command('mute_video', [bot1.stream]);
    const muted = nowMs();
    await delay(partMs);
    const unmuting = reader.keep();
    await room.command('mute_video', [bot1.stream]);
    const unmuted = nowMs();
    await delay(partMs);
    const leaving = nowMs();
    await room.remove(bot2);
    const left = nowMs();
    await delay(partMs);
    const end = reader.keep();
    const lateness = await latenessSince(context, newcomersFrom);
    return {
      moments: { steady, joining, joined, muting, muted, unmuting, unmuted, leaving, left, end },
      firstFramesMs: [bot0, bot1, bot2, bot3].map(({ publisher }) => Number(publisher.firstSampleNs) / 1e6),
      askedMs,
      isSaturated: isSaturated(),
      ...lateness,
      first: await reader.finish(),
      sound: await first.take(),
      newcomers: [await newcomerOf(second), await newcomerOf(third)],
    };
  } finally {
    await reader.close();
  }
}

async function newcomerOf({ viewer, connectedMs }: Watching): Promise<Newcomer> {
  return { connectedMs, pictures: await viewer.takeVideo() };
}

async function decodeOthers(
  { signal }: RunContext,
  { sound, newcomers, ...watched }: WatchedChanges,
): Promise<PictureChanges> {
  const [steady, joined, muted, left] = watched.first.kept;
  const { end } = watched.moments;
  const outlines = await Promise.all(
    newcomers.map(({ pictures, connectedMs }) => inThread('outlineOf', [pictures, connectedMs, end], signal)),
  );
  return {
    ...watched,
    sound: decodeRecording(sound, preRollSamples),
    firstPictureMs: Math.max(...outlines.map(({ firstPictureMs }) => firstPictureMs)),
    canvases: { steady, joined, muted, left },
    canvasOfSecond: outlines[0]!.lastPicture,
  };
}

/** Pictures in a bot's loop. */
export const loopFrames = camera.seconds * camera.fps;
