import { setTimeout as delay } from 'node:timers/promises';
import { nowMs } from '../bots/clock.ts';
import { KeptVideo, type VideoSource } from '../bots/kept-video.ts';
import { LiveViewer } from '../bots/live-viewer.ts';
import type { Background } from '../picture/background.ts';
import { compareCells } from '../picture/compare-cells.ts';
import { composePictures } from '../picture/compose.ts';
import { type CellDefect, findDefects } from '../picture/defects.ts';
import { evidenceTriple, type PictureTriple } from '../picture/evidence.ts';
import type { FoundCell } from '../picture/find-cells.ts';
import { expectedGrid } from '../picture/grid.ts';
import type { I420Picture, Rectangle } from '../picture/i420.ts';
import { NotApplicableError } from '../run/clause.ts';
import type { RunContext, Scenario } from '../run/context.ts';
import { type Lateness, latenessSince } from './busy.ts';
import { geometryText } from './grid-evidence.ts';
import { type MixedMember, mixedMembers, type Shape } from './mixed-members.ts';
import type { SeenCanvas, Viewed } from './picture-reading/messages.ts';
import { PictureReader } from './picture-reading/picture-reader.ts';
import { phoneIn } from './picture-reading/shape-watcher.ts';
import { measureInPictureRoom, membersIn, pictureRoomFor, watch } from './picture-room.ts';
import { limitText, type SuiteRoom } from './suite-room.ts';

/** The canvas while the phone was held in one way. */
export interface ShapeStep {
  readonly phone: Shape;
  /** Against the grid that is decided where the documentation is silent. */
  readonly defects: readonly CellDefect[];
  /** Wherever everybody is: once, upright, whole, in shape and colour. */
  readonly anywhereDefects: readonly CellDefect[];
  /** How much of each member's picture is not what it sent, wherever it is shown; of those that are there whole. */
  readonly differing: readonly { readonly member: MixedMember; readonly share: number }[];
  readonly triple: PictureTriple;
  readonly geometry: string;
}

/** What one viewer saw of members of mixed shapes. */
export interface MixedShapes extends Lateness {
  readonly members: readonly MixedMember[];
  /** Of the time in which all were there. */
  readonly viewed: Viewed;
  /** One for each way in which the phone was seen. */
  readonly steps: readonly ShapeStep[];
  /** The most of the background that was not black, of all canvases in which everybody was found. */
  readonly worstBackground: Background | undefined;
}

/** So long everybody has to be there before anything is measured: a keyframe is coarse at first. */
const settledMs = 800;
/** How long is waited for everybody. */
const patienceMs = 5000;
/** Waiting is not to disturb what is measured then. */
const readEveryMs = 150;
/** Longer than the phone's loop, so that both changes are seen; thirty pictures of the slowest. */
const watchedMs = 4000;

/** What they send, which takes seconds to make. */
const mixedClips: Scenario<readonly MixedMember[]> = {
  name: 'clips of members of mixed shapes',
  play: () => mixedMembers(),
};

/** Makes what is sent. @throws NotApplicableError where the target has no room for it */
export async function prepareShapes(context: RunContext): Promise<void> {
  pictureRoomFor(context, 'shapes');
  await context.use(mixedClips);
}

/** Ten members, each with a shape and a rate of its own; one changes its shape. */
export const mixedShapes: Scenario<MixedShapes> = {
  name: 'members of mixed shapes',
  async play(context) {
    const members = await context.use(mixedClips);
    const watched = await measureInPictureRoom(context, 'shapes', (room) =>
      watchShapes(context, room, members),
    );
    const { byShape = [], worstBackground } = watched.viewed.shapes ?? {};
    // When all have left: nothing waits for it then.
    const steps = byShape.map(({ canvas, picture }) => lookAt(members, canvas, picture));
    return { ...watched, members, steps, worstBackground };
  },
};

async function watchShapes(
  context: RunContext,
  room: SuiteRoom,
  members: readonly MixedMember[],
): Promise<Lateness & Pick<MixedShapes, 'viewed'>> {
  const clips = members.map(({ bot, clip }) => [`bot${bot}`, clip] as const);
  const { members: taken, refused } = await room.joinWhileTaken(clips);
  if (refused !== undefined) {
    if (taken.length === 0 || !refused.mayBeFull) throw refused;
    throw new NotApplicableError(
      `it looks at ${members.length} members, and ${limitText(taken.length, refused)}`,
    );
  }
  const { viewer } = await watch(room);
  const kept = new KeptVideo(viewer);
  await untilEverybodyIsThere(kept, members.length, context.signal);
  const fromMs = nowMs();
  const reader = new PictureReader(viewer, {
    ...{ fromMs, shapesOf: members.length, signal: context.signal },
    packets: await kept.all(),
  });
  try {
    await delay(watchedMs);
    const lateness = await latenessSince(context, fromMs);
    return { ...lateness, viewed: await reader.finish() };
  } finally {
    await reader.close();
  }
}

/** Who is still missing when patience ends, is missing in what is measured then. */
async function untilEverybodyIsThere(
  viewer: VideoSource,
  members: number,
  signal: AbortSignal,
): Promise<void> {
  const live = await LiveViewer.open(viewer, { readEveryMs, searchAll: true, signal });
  try {
    await live.waitUntil(({ cells }) => membersIn(cells) >= members, { steadyMs: settledMs, patienceMs });
  } finally {
    live.close();
  }
}

/** Judges one canvas. */
function lookAt(members: readonly MixedMember[], { cells }: SeenCanvas, picture: I420Picture): ShapeStep {
  const cellOf = (member: MixedMember) => cells.find(({ bot }) => bot === member.bot);
  // Of somebody who is not there the shape is of no importance: it is missing, wherever that is.
  const shapes = members.map((member) => cellOf(member)?.source ?? { width: 16, height: 9 });
  const grid = expectedGrid(
    picture,
    shapes.map(({ width, height }) => width / height),
  );
  const sent = members.map((member, i) => sentBy(member, cellOf(member), shapes[i]!));
  const compare = (places: readonly (Rectangle | undefined)[]) =>
    compareCells(
      picture,
      composePictures(
        picture,
        members.flatMap((_, i) => {
          const rectangle = places[i];
          return rectangle === undefined || sent[i] === undefined ? [] : [{ picture: sent[i], rectangle }];
        }),
      ),
      places.filter((place) => place !== undefined),
    );
  // Of one that is cut off it is not known where it ends.
  const isWhole = (member: MixedMember) => cellOf(member)?.cropped === false;
  const { cellShares } = compare(
    members.map((member) => (isWhole(member) ? cellOf(member)!.rectangle : undefined)),
  );
  return {
    phone: phoneIn(cells)?.source ?? { width: 0, height: 0 },
    defects: findDefects(
      cells,
      members.map(({ bot, recorded }, i) => ({ bot, anyColour: recorded, rectangle: grid[i]!.picture })),
    ),
    anywhereDefects: findDefects(
      cells,
      members.map(({ bot, recorded }) => ({ bot, anyColour: recorded })),
    ),
    differing: members.filter(isWhole).map((member, i) => ({ member, share: cellShares[i]! })),
    triple: evidenceTriple(compare(grid.map((place) => place.picture))),
    geometry: geometryText(cells),
  };
}

/** What a member sent as the picture that was found; `undefined` where it cannot have sent that one. */
function sentBy(member: MixedMember, cell: FoundCell | undefined, shape: Shape): I420Picture | undefined {
  if (cell === undefined || cell.frame >= member.loopFrames) return undefined;
  return member.sent(cell.frame, shape);
}
