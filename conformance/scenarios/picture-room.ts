import type { ListenerBot } from '../bots/bot-host.ts';
import { nowMs } from '../bots/clock.ts';
import { pictureClip } from '../bots/picture-clip.ts';
import type { FoundCell } from '../picture/find-cells.ts';
import { NotApplicableError } from '../run/clause.ts';
import type { RunContext } from '../run/context.ts';
import { type Lateness, untilInTime } from './busy.ts';
import { type SuiteMember, SuiteRoom } from './suite-room.ts';

/** What the camera of every bot gives. */
export const camera = { width: 320, height: 180, fps: 25, seconds: 4 };

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
  isInTime?: (measured: T) => boolean,
): Promise<T> {
  const name = pictureRoomFor(context, scenario);
  return context.takeTurns(name, () => untilInTime(() => SuiteRoom.visit(context, name, measure), isInTime));
}

/** Lets a bot with a camera join; its number is in its picture. */
export async function joinWithCamera(room: SuiteRoom, bot: number): Promise<SuiteMember> {
  return room.join(`bot${bot}`, await pictureClip({ bot, ...camera }));
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
