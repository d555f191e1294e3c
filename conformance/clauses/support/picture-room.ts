import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ListenerBot } from '../../bots/bot-host.ts';
import { nowMs } from '../../bots/clock.ts';
import { pictureClip } from '../../bots/picture-clip.ts';
import { decodePictures, type PictureSummary } from '../../bots/picture-decoder.ts';
import type { Clip, ReceivedVideoPacket } from '../../bots/process/messages.ts';
import { CellWatcher } from '../../picture/cell-watcher.ts';
import type { FoundCell } from '../../picture/find-cells.ts';
import type { I420Picture } from '../../picture/i420.ts';
import { NotApplicableError } from '../../run/clause.ts';
import type { RunContext } from '../../run/context.ts';
import { type Lateness, untilInTime } from './busy.ts';
import { type MemberRefusedError, type SuiteMember, SuiteRoom } from './suite-room.ts';
import { answerText } from './text.ts';

/** What the camera of every bot gives. */
export const camera = { width: 320, height: 180, fps: 25, seconds: 4 };

/** One picture of a canvas, read. */
export interface SeenCanvas {
  readonly arrivalMs: number;
  /** It came as an IDR picture. */
  readonly keyframe: boolean;
  readonly cells: readonly FoundCell[];
}

/** All that one viewer saw. */
export interface Viewed extends PictureSummary {
  readonly canvases: readonly SeenCanvas[];
  /** Size of the canvas. */
  readonly width: number;
  readonly height: number;
  /** Pictures that were asked for, in the order of the moments. */
  readonly kept: readonly (I420Picture | undefined)[];
}

/** Each scenario that looks at pictures has a room of its own, by its place among those that are configured. */
const pictureRooms = { growth: 0, changes: 1, shapes: 2 } as const;

/**
 * The room with a picture that a scenario has.
 * @throws NotApplicableError where the target has none
 */
export function pictureRoomFor({ target }: RunContext, scenario: keyof typeof pictureRooms): string {
  const name = target.configured?.pictures[pictureRooms[scenario]];
  if (name !== undefined) return name;
  throw new NotApplicableError(
    'the target’s configuration has no room with disable_video=false for the suite',
  );
}

/** Works in the room that a scenario has, when others have finished with it. */
export function inPictureRoom<T>(
  context: RunContext,
  scenario: keyof typeof pictureRooms,
  work: (room: SuiteRoom) => Promise<T>,
): Promise<T> {
  return SuiteRoom.useExisting(context, pictureRoomFor(context, scenario), work);
}

/**
 * The same for what is done again while this machine is too busy, each time in a room that all have left. To wait for
 * one's turn is no part of it.
 */
export function measureInPictureRoom<T extends Lateness>(
  context: RunContext,
  scenario: keyof typeof pictureRooms,
  measure: (room: SuiteRoom) => Promise<T>,
): Promise<T> {
  const name = pictureRoomFor(context, scenario);
  return context.takeTurns(name, () => untilInTime(() => SuiteRoom.visit(context, name, measure)));
}

/** What is told of a server that takes so many members and no more. */
export function limitText(members: number, { answer }: MemberRefusedError): string {
  return `a room takes no more than ${members}: add_stream is answered ${answerText(answer)}`;
}

/** Lets a bot with a camera join; its number is in its picture. */
export async function joinWithCamera(room: SuiteRoom, bot: number): Promise<SuiteMember> {
  return (await room.joinAll(await cameraClips([bot])))[0]!;
}

/** What several bots with cameras publish, by label. */
export async function cameraClips(bots: readonly number[]): Promise<[label: string, clip: Clip][]> {
  const clips: [string, Clip][] = [];
  for (const bot of bots) {
    clips.push([`bot${bot}`, await pictureClip({ bot, ...camera })]);
    await nextTurn();
  }
  return clips;
}

/** Somebody who watches the grid. */
export interface Watching {
  readonly viewer: ListenerBot;
  /** When it was connected, in ms of the monotonic clock. */
  readonly connectedMs: number;
}

/** Lets somebody watch the grid, with all that is heard. */
export async function watch(room: SuiteRoom): Promise<Watching> {
  const viewer = await room.listenToAll({ picture: true });
  return { viewer, connectedMs: nowMs() };
}

/** How many different bots are seen. */
export function membersIn(cells: readonly FoundCell[]): number {
  return new Set(cells.map(({ bot }) => bot)).size;
}

/**
 * Reads everything that a viewer got.
 * @param packets from the first on
 * @param keepAtMs moments whose pictures are kept: the last one before each
 * @param see called with each picture and what is read in it, in order
 */
export async function readPictures(
  packets: readonly ReceivedVideoPacket[],
  keepAtMs: readonly number[] = [],
  see?: (canvas: SeenCanvas, picture: I420Picture) => void,
): Promise<Viewed> {
  const watcher = new CellWatcher();
  const canvases: SeenCanvas[] = [];
  const kept: (I420Picture | undefined)[] = keepAtMs.map(() => undefined);
  let [width, height] = [0, 0];
  const summary = await decodePictures(packets, ({ picture, arrivalMs, keyframe }) => {
    ({ width, height } = picture);
    const canvas = { arrivalMs, keyframe, cells: watcher.read(picture) };
    canvases.push(canvas);
    see?.(canvas, picture);
    keepAtMs.forEach((momentMs, i) => {
      if (arrivalMs <= momentMs) kept[i] = picture;
    });
  });
  return { ...summary, canvases, width, height, kept };
}
