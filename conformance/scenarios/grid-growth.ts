import { nowMs } from '../bots/clock.ts';
import { type LiveCanvas, LiveViewer } from '../bots/live-viewer.ts';
import type { Clip } from '../bots/process/messages.ts';
import { type CanvasComparison, compareCells } from '../picture/compare-cells.ts';
import { composeExpected } from '../picture/compose.ts';
import { type CellDefect, findDefects } from '../picture/defects.ts';
import { evidenceTriple, type PictureTriple } from '../picture/evidence.ts';
import type { FoundCell } from '../picture/find-cells.ts';
import { defaultCanvas, type ExpectedCell, expectedGrid } from '../picture/grid.ts';
import { fittingRules, type GridRules } from '../picture/grid-rules.ts';
import type { I420Picture } from '../picture/i420.ts';
import { NotApplicableError } from '../run/clause.ts';
import type { RunContext, Scenario } from '../run/context.ts';
import { inThread } from './analysis-thread/in-thread.ts';
import { latenessSince, maxStallMs } from './busy.ts';
import { type CanvasRates, ratesOf } from './canvas-rates.ts';
import { geometryText } from './grid-evidence.ts';
import { camera, inPictureRoom, membersIn, pictureRoomFor, watch } from './picture-room.ts';
import { limitText, type MemberRefusedError } from './suite-room.ts';

/** Numbers of members that are looked at. */
const gridSizes = [1, 2, 3, 4, 5, 9, 16, 25] as const;

/** What the canvas looked like with so many members. */
export interface GridStep {
  readonly members: number;
  /** Against the grid that is decided where the documentation is silent. */
  readonly defects: readonly CellDefect[];
  /** Wherever everybody is: once, upright, in shape and colour. */
  readonly anywhereDefects: readonly CellDefect[];
  readonly comparison: { readonly worstCellShare: number; readonly backgroundShare: number } | undefined;
  readonly triple: PictureTriple | undefined;
  readonly geometry: string;
  /** The known rules that put everybody where they were found. */
  readonly rules: readonly GridRules[];
}

export interface GridGrowth extends CanvasRates {
  readonly width: number;
  readonly height: number;
  readonly steps: readonly GridStep[];
  /** Why it grew no further; undefined where it did not have to stop. */
  readonly limit: string | undefined;
  /** How late the bots were at the worst: pictures that are missing or coarse then may not be the server's fault. */
  readonly latenessMostMs: number;
}

/** So long everybody has to be there before the canvas is looked at: a keyframe is coarse at first. */
const steadyMs = 800;
/** How long is waited for everybody in all; once it is used up, a step is given the shortest time. */
const patienceMs = 15_000;
const leastPatienceMs = 1500;
/** How often everybody is waited for, while this machine is too busy for its own bots. */
const maxAttempts = 3;
/** Reading a canvas costs more than decoding it, and nothing here depends on single pictures. */
const readEveryMs = 250;

/** Makes what is sent. @throws NotApplicableError where the target has no room for it */
export async function prepareGrowth(context: RunContext): Promise<void> {
  pictureRoomFor(context, 'growth');
  await context.use(growthClips);
}

/** What they send, which takes seconds to make. */
const growthClips: Scenario<readonly Clip[]> = {
  name: 'clips of members of a grid that grows',
  play: ({ signal }) => {
    const everybody = Array.from({ length: Math.max(...gridSizes) }, (_, bot) => ({ bot, ...camera }));
    return inThread('pictureClips', [everybody], signal);
  },
};

/** A room that grows from 1 to 25 members, or to as many as the server permits, under the eyes of one viewer. */
export const gridGrowth: Scenario<GridGrowth> = {
  name: 'a grid that grows',
  async play(context) {
    return inPictureRoom(context, 'growth', async (room) => {
      const clips = await context.use(growthClips);
      const { viewer } = await watch(room);
      const live = await LiveViewer.open(viewer, { readEveryMs, searchAll: true, signal: context.signal });
      const steps: GridStep[] = [];
      let members = 0;
      let limit: string | undefined;
      let patienceLeftMs = patienceMs;
      let latenessMostMs = 0;
      const seen = async (): Promise<LiveCanvas | undefined> => {
        for (let attempt = 1; ; attempt += 1) {
          const startedMs = nowMs();
          const steady = await live.waitUntil(({ cells }) => membersIn(cells) >= members, {
            steadyMs,
            patienceMs: Math.max(leastPatienceMs, patienceLeftMs),
          });
          patienceLeftMs -= Math.max(0, nowMs() - startedMs - leastPatienceMs);
          const { latenessMostMs: lateMs } = await latenessSince(context, startedMs);
          latenessMostMs = Math.max(latenessMostMs, lateMs);
          if (steady !== undefined || lateMs <= maxStallMs || attempt === maxAttempts) {
            return steady ?? live.newest;
          }
        }
      };
      try {
        for (const size of gridSizes) {
          const newcomers = clips.slice(members, size).map((clip, i) => [`bot${members + i}`, clip] as const);
          const joined = await room.joinWhileTaken(newcomers);
          members += joined.members.length;
          if (joined.members.length > 0) steps.push(lookAt(members, await seen()));
          if (joined.refused === undefined) continue;
          limit = limitOf(members, joined.refused);
          break;
        }
        const { width = 0, height = 0 } = live.newest?.picture ?? {};
        return { width, height, ...ratesOf(live.times), steps, limit, latenessMostMs };
      } finally {
        live.close();
      }
    });
  },
};

/**
 * A room that takes nobody, or refuses for another reason than that it is full, is broken; one that takes one only has no
 * grid.
 * @throws MemberRefusedError, NotApplicableError
 */
function limitOf(members: number, refused: MemberRefusedError): string {
  if (members === 0 || !refused.mayBeFull) throw refused;
  const limit = limitText(members, refused);
  if (members === 1) throw new NotApplicableError(`a grid has two members or more, and ${limit}`);
  return limit;
}

/** Judges one canvas. */
function lookAt(members: number, canvas: LiveCanvas | undefined): GridStep {
  const { picture, cells: found = [] } = canvas ?? {};
  const grid = expectedGrid(picture ?? defaultCanvas, Array(members).fill(camera.width / camera.height));
  const comparison = picture && compare(picture, grid, found);
  return {
    members,
    defects: findDefects(
      found,
      grid.map(({ member, picture: rectangle }) => ({ bot: member, rectangle })),
    ),
    anywhereDefects: findDefects(
      found,
      grid.map(({ member }) => ({ bot: member })),
    ),
    comparison: comparison && {
      worstCellShare: Math.max(...comparison.cellShares),
      backgroundShare: comparison.backgroundShare,
    },
    triple: comparison && evidenceTriple(comparison),
    geometry: geometryText(found),
    rules: fittingRules(picture ?? defaultCanvas, byMember(members, found)),
  };
}

function byMember(members: number, found: readonly FoundCell[]): readonly (FoundCell | undefined)[] {
  return Array.from({ length: members }, (_, member) => found.find(({ bot }) => bot === member));
}

/** Pixel by pixel against the canvas as the suite computes it, with each bot's picture of that very moment. */
function compare(
  picture: I420Picture,
  grid: readonly ExpectedCell[],
  found: readonly { readonly bot: number; readonly frame: number }[],
): CanvasComparison {
  const expected = composeExpected(
    picture,
    grid.map(({ member, picture: rectangle }) => ({
      bot: member,
      frame: found.find(({ bot }) => bot === member)?.frame ?? 0,
      fps: camera.fps,
      source: camera,
      rectangle,
    })),
  );
  return compareCells(
    picture,
    expected,
    grid.map(({ picture: rectangle }) => rectangle),
  );
}
