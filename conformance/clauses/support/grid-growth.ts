import { setTimeout as delay } from 'node:timers/promises';
import { type CanvasComparison, compareCells } from '../../picture/compare-cells.ts';
import { composeExpected } from '../../picture/compose.ts';
import { type CellDefect, findDefects } from '../../picture/defects.ts';
import { evidenceTriple, type PictureTriple } from '../../picture/evidence.ts';
import { type ExpectedCell, expectedGrid } from '../../picture/grid.ts';
import type { I420Picture } from '../../picture/i420.ts';
import type { Scenario } from '../../run/context.ts';
import { geometryText } from './grid-evidence.ts';
import { camera, canvasAt, joinWithCamera, nowMs, readViewer, type Viewed, watch } from './picture-room.ts';
import { PreparationError, SuiteRoom } from './suite-room.ts';

/** Numbers of members that are looked at. */
export const gridSizes = [1, 2, 3, 4, 5, 9, 16, 25] as const;

/** What the canvas looked like with so many members. */
export interface GridStep {
  readonly members: number;
  /** Against the grid that is decided where the documentation is silent. */
  readonly defects: readonly CellDefect[];
  /** Against what is documented alone: everybody once, upright, in shape and colour. */
  readonly anywhereDefects: readonly CellDefect[];
  readonly comparison: { readonly worstCellShare: number; readonly backgroundShare: number } | undefined;
  readonly triple: PictureTriple | undefined;
  readonly geometry: string;
}

export interface GridGrowth {
  readonly width: number;
  readonly height: number;
  readonly picturesPerSecond: number;
  readonly steps: readonly GridStep[];
}

/** After everybody has joined, until the canvas is looked at: a keyframe of the newest has to come. */
const settleMs = 1200;

/** A room that grows from 1 to 25 members, under the eyes of one viewer. */
export const gridGrowth: Scenario<GridGrowth> = {
  name: 'a grid that grows',
  async play(context) {
    const name = context.target.configured?.pictures[0];
    if (name === undefined) throw new PreparationError('the target has no room with a picture');
    return SuiteRoom.useExisting(context, name, async (room) => {
      const { viewer } = await watch(room);
      const momentsMs: number[] = [];
      let members = 0;
      for (const size of gridSizes) {
        for (; members < size; members += 1) await joinWithCamera(room, members);
        await delay(settleMs);
        momentsMs.push(nowMs());
      }
      const viewed = await readViewer(viewer, momentsMs);
      const lastMs = momentsMs.at(-1)!;
      const recent = viewed.canvases.filter(
        ({ arrivalMs }) => arrivalMs > lastMs - 1000 && arrivalMs <= lastMs,
      );
      return {
        width: viewed.width,
        height: viewed.height,
        picturesPerSecond: recent.length,
        steps: gridSizes.map((size, i) => lookAt(viewed, size, momentsMs[i]!, viewed.kept[i])),
      };
    });
  },
};

/** Judges the canvas of one moment. */
function lookAt(
  viewed: Viewed,
  members: number,
  momentMs: number,
  picture: I420Picture | undefined,
): GridStep {
  const found = canvasAt(viewed, momentMs)?.cells ?? [];
  const grid = expectedGrid(viewed, Array(members).fill(camera.width / camera.height));
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
  };
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
