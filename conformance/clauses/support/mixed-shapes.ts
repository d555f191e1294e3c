import { setTimeout as delay } from 'node:timers/promises';
import { nowMs } from '../../bots/clock.ts';
import { KeptVideo, type VideoSource } from '../../bots/kept-video.ts';
import { LiveViewer } from '../../bots/live-viewer.ts';
import type { ReceivedVideoPacket } from '../../bots/process/messages.ts';
import { type Background, backgroundOf } from '../../picture/background.ts';
import { compareCells } from '../../picture/compare-cells.ts';
import { composePictures } from '../../picture/compose.ts';
import { type CellDefect, findDefects } from '../../picture/defects.ts';
import { evidenceTriple, type PictureTriple } from '../../picture/evidence.ts';
import type { FoundCell } from '../../picture/find-cells.ts';
import { expectedGrid } from '../../picture/grid.ts';
import type { I420Picture, Rectangle } from '../../picture/i420.ts';
import { NotApplicableError } from '../../run/clause.ts';
import type { RunContext, Scenario } from '../../run/context.ts';
import { type Lateness, latenessSince } from './busy.ts';
import { geometryText } from './grid-evidence.ts';
import { type MixedMember, mixedMembers, type Shape, turnedPhone } from './mixed-members.ts';
import {
  limitText,
  measureInPictureRoom,
  membersIn,
  pictureRoomFor,
  readPictures,
  type SeenCanvas,
  type Viewed,
  watch,
} from './picture-room.ts';
import type { SuiteRoom } from './suite-room.ts';

/** The canvas while the phone was held in one way. */
export interface ShapeStep {
  readonly phone: Shape;
  /** Against the grid that is decided where the documentation is silent. */
  readonly defects: readonly CellDefect[];
  /** Against what is documented alone: everybody once, upright, whole, in shape and colour. */
  readonly anywhereDefects: readonly CellDefect[];
  /** How much of each member's picture is not what it sent, wherever it is shown. */
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
/** A shape is looked at when it has been seen for so long. */
const steadyMs = 500;

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
    // When all have left: to read pictures takes longer than to watch them.
    return readShapes(members, watched);
  },
};

/** As it came, unread. */
interface WatchedShapes extends Lateness {
  /** From when on all were there, in ms of the monotonic clock. */
  readonly fromMs: number;
  readonly pictures: readonly ReceivedVideoPacket[];
}

async function watchShapes(
  context: RunContext,
  room: SuiteRoom,
  members: readonly MixedMember[],
): Promise<WatchedShapes> {
  const clips = members.map(({ bot, clip }) => [`bot${bot}`, clip] as const);
  const { members: taken, refused } = await room.joinWhileTaken(clips);
  if (refused !== undefined) {
    if (taken.length === 0) throw refused;
    throw new NotApplicableError(
      `it looks at ${members.length} members, and ${limitText(taken.length, refused)}`,
    );
  }
  const { viewer } = await watch(room);
  const kept = new KeptVideo(viewer);
  await untilEverybodyIsThere(kept, members.length, context.signal);
  const fromMs = nowMs();
  await delay(watchedMs);
  return { fromMs, ...(await latenessSince(context, fromMs)), pictures: await kept.all() };
}

async function readShapes(
  members: readonly MixedMember[],
  { fromMs, pictures, ...lateness }: WatchedShapes,
): Promise<MixedShapes> {
  const watched = new Watched(members.length, fromMs);
  const viewed = await readPictures(pictures, [], (canvas, picture) => watched.see(canvas, picture));
  return {
    members,
    viewed: { ...viewed, canvases: viewed.canvases.filter(({ arrivalMs }) => arrivalMs >= fromMs) },
    steps: watched.shapes.map(({ canvas, picture }) => lookAt(members, canvas, picture)),
    worstBackground: watched.worstBackground,
    ...lateness,
  };
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

/** What is kept of the pictures, which are too large to be kept all. */
class Watched {
  worstBackground: Background | undefined;
  readonly #members: number;
  readonly #fromMs: number;
  readonly #byShape = new Map<string, { canvas: SeenCanvas; picture: I420Picture }>();
  #shape = '';
  #shapeSinceMs = 0;

  constructor(members: number, fromMs: number) {
    this.#members = members;
    this.#fromMs = fromMs;
  }

  /** The last canvas of each way in which the phone was seen. */
  get shapes(): readonly { readonly canvas: SeenCanvas; readonly picture: I420Picture }[] {
    return [...this.#byShape.values()];
  }

  see(canvas: SeenCanvas, picture: I420Picture): void {
    const { arrivalMs, cells } = canvas;
    if (arrivalMs < this.#fromMs) return;
    const phone = phoneIn(cells);
    const shape = phone === undefined ? '' : `${phone.source.width}x${phone.source.height}`;
    if (shape !== this.#shape) this.#shapeSinceMs = arrivalMs;
    this.#shape = shape;
    if (arrivalMs - this.#shapeSinceMs >= steadyMs) this.#byShape.set(shape, { canvas, picture });
    // Where somebody is not found, what stands in its place cannot be told from a dirty bar.
    if (cells.length !== this.#members) return;
    const background = backgroundOf(
      picture,
      cells.map(({ rectangle }) => rectangle),
    );
    if (background.notBlackShare < (this.worstBackground?.notBlackShare ?? 0)) return;
    this.worstBackground = background;
  }
}

/** The cell of the member whose shape changes. */
export function phoneIn(cells: readonly FoundCell[]): FoundCell | undefined {
  return cells.find(({ bot }) => bot === turnedPhone.bot);
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
  const found = members.map((member) => cellOf(member)?.rectangle);
  const { cellShares } = compare(found);
  const present = members.filter((member) => cellOf(member) !== undefined);
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
    differing: present.map((member, i) => ({ member, share: cellShares[i]! })),
    triple: evidenceTriple(compare(grid.map((place) => place.picture))),
    geometry: geometryText(cells),
  };
}

/** What a member sent as the picture that was found; `undefined` where it cannot have sent that one. */
function sentBy(member: MixedMember, cell: FoundCell | undefined, shape: Shape): I420Picture | undefined {
  if (cell === undefined || cell.frame >= member.loopFrames) return undefined;
  return member.sent(cell.frame, shape);
}
