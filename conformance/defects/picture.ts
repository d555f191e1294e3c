import { defaultProfile, type EmulatorParts, gridOfEverybody, type Profile } from '../../emulator/index.ts';
import type { Defects } from './defect.ts';
import { exchangedGrid } from './exchanged-grid.ts';
import { fitOfFirstShape } from './fit-of-first-shape.ts';

type VideoParts = NonNullable<EmulatorParts['video']>;

/** A picture with one part of its own. */
function drawing(part: Partial<VideoParts>): EmulatorParts {
  return { video: { ...gridOfEverybody, ...part } };
}

/** Cells given away in another order. */
function ordered(order: (cells: ReturnType<VideoParts['grid']>) => ReturnType<VideoParts['grid']>) {
  return drawing({ grid: (count, rules) => order(gridOfEverybody.grid(count, rules)) });
}

function withVideo(video: Partial<Profile['video']>): Profile {
  return { ...defaultProfile, video: { ...defaultProfile.video, ...video } };
}

/** Mistakes in the room's picture. */
export const pictureDefects = {
  'grid-rows-and-columns-swapped': {
    description:
      'the grid has as many columns as it should have rows: five members are in two of them, not in three',
    parts: drawing({ grid: exchangedGrid }),
    caughtBy: ['video.grid.cells'],
    untouched: ['video.grid.everybody', 'video.grid.upright', 'video.grid.colours'],
  },
  'grid-filled-by-column': {
    description: 'the grid is filled column by column',
    parts: ordered((cells) => {
      const byColumn = [...cells].sort((a, b) => a.x - b.x || a.y - b.y);
      return cells.map((_, member) => byColumn[member]!);
    }),
    caughtBy: ['video.grid.cells'],
    untouched: ['video.grid.everybody', 'video.grid.upright', 'video.grid.colours'],
  },
  'grid-newest-first': {
    description: 'the member who came last has the first cell',
    parts: ordered((cells) => cells.toReversed()),
    caughtBy: ['video.grid.cells'],
    untouched: ['video.grid.everybody', 'video.grid.upright', 'video.grid.colours'],
  },
  'two-members-exchanged': {
    description: 'the first two members are in each other’s cells',
    parts: ordered((cells) => (cells.length < 2 ? cells : [cells[1]!, cells[0]!, ...cells.slice(2)])),
    caughtBy: ['video.grid.cells'],
    untouched: ['video.grid.everybody', 'video.grid.upright', 'video.grid.colours'],
  },
  'grid-of-four': {
    description: 'the grid has room for four, whoever else is there',
    parts: drawing({
      showsPicture: (member, afterMs) => member.index < 4 && gridOfEverybody.showsPicture(member, afterMs),
    }),
    caughtBy: ['video.grid.everybody'],
    untouched: ['video.grid.upright', 'video.grid.colours'],
  },
  'joiner-not-shown': {
    description:
      'who joins while the room is watched stays a placeholder: three are shown, the fourth is not',
    parts: drawing({
      showsPicture: (member, afterMs) => member.index < 3 && gridOfEverybody.showsPicture(member, afterMs),
    }),
    caughtBy: ['video.join.seen'],
    untouched: ['video.everybody-moves', 'video.same-for-everybody'],
  },
  'cell-frozen': {
    description: 'the second member’s cell keeps its first picture',
    parts: drawing({ refreshes: ({ index, pictureAgeMs }) => index !== 1 || pictureAgeMs === undefined }),
    caughtBy: ['video.everybody-moves'],
    untouched: ['video.leave.gone'],
  },
  'cell-mirrored': {
    description: 'pictures are mirrored left to right, as people see themselves',
    parts: drawing({ orientation: 'mirrored' }),
    caughtBy: ['video.grid.upright'],
    untouched: ['video.grid.everybody', 'video.grid.cells', 'video.grid.colours'],
  },
  'cell-stretched': {
    description: 'pictures fill their cells without regard to their proportions',
    parts: drawing({ fit: (cell, picture) => gridOfEverybody.fit(cell, picture, 'stretch') }),
    caughtBy: ['video.grid.letterbox', 'video.grid.cells'],
    untouched: [
      'video.grid.everybody',
      'video.grid.upright',
      'video.grid.colours',
      'video.grid.shapes',
      'video.grid.change-of-shape',
      'video.grid.clips',
      'video.grid.frame-rates',
    ],
  },
  'cell-cropped': {
    description: 'pictures fill their cells, and what sticks out is cut off',
    parts: drawing({ fit: (cell, picture) => gridOfEverybody.fit(cell, picture, 'crop') }),
    caughtBy: ['video.grid.letterbox'],
    untouched: [
      'video.grid.everybody',
      'video.grid.upright',
      'video.grid.colours',
      'video.grid.shapes',
      'video.grid.change-of-shape',
    ],
  },
  'portrait-cut-to-its-top': {
    description:
      'a picture that is higher than wide is cut to what a wide one would show: its uppermost part',
    parts: drawing({
      fit(cell, picture, fit) {
        if (picture.height <= picture.width) return gridOfEverybody.fit(cell, picture, fit);
        const height = 2 * Math.round((picture.width * 9) / 32);
        const { target } = gridOfEverybody.fit(cell, { width: picture.width, height }, fit);
        return { source: { x: 0, y: 0, width: picture.width, height }, target };
      },
    }),
    caughtBy: ['video.grid.shapes'],
    untouched: ['video.grid.everybody', 'video.grid.upright'],
  },
  'letterbox-at-the-corner': {
    description: 'a picture of another shape than its cell stands at the cell’s corner, not in the middle',
    parts: drawing({
      fit(cell, picture, fit) {
        const { source, target } = gridOfEverybody.fit(cell, picture, fit);
        return { source, target: { ...target, x: cell.x, y: cell.y } };
      },
    }),
    caughtBy: ['video.grid.letterbox'],
    untouched: ['video.grid.shapes', 'video.grid.background', 'video.grid.clips'],
  },
  'letterbox-green': {
    description: 'bars and empty places have the colour of an empty buffer, in which all is zero',
    profile: withVideo({ background: '#008700' }),
    caughtBy: ['video.grid.background'],
    untouched: ['video.grid.shapes', 'video.grid.letterbox', 'video.grid.clips'],
  },
  'shape-of-first-picture': {
    description: 'a member’s picture is drawn in the shape that it had at first, when its size has changed',
    parts: drawing({ fit: fitOfFirstShape() }),
    caughtBy: ['video.grid.change-of-shape'],
    untouched: ['video.grid.shapes', 'video.grid.background', 'video.grid.clips', 'video.grid.frame-rates'],
  },
  'pictures-halting': {
    description: 'pictures stand still for half of every second, then jump to where they should be',
    parts: drawing({ refreshes: () => performance.now() % 1000 < 500 }),
    caughtBy: ['video.grid.frame-rates', 'video.others-go-on'],
    untouched: ['video.grid.shapes', 'video.grid.letterbox', 'video.grid.background'],
  },
  'chroma-exchanged': {
    description: 'the U and V planes are exchanged',
    parts: drawing({ chromaOrder: 'vu' }),
    caughtBy: ['video.grid.colours', 'video.grid.clips'],
    untouched: ['video.grid.everybody', 'video.grid.upright', 'video.grid.cells', 'video.grid.frame-rates'],
  },
  'leaver-stays': {
    description: 'the cell of a member who left stays in the grid',
    parts: drawing({ removesLeavers: false }),
    caughtBy: ['video.leave.gone'],
    untouched: ['video.mute-video.covers'],
  },
  'muted-picture-frozen': {
    description: 'mute_video leaves the last picture standing instead of covering it',
    parts: drawing({
      showsPicture: (member, afterMs) => member.videoMuted || gridOfEverybody.showsPicture(member, afterMs),
      refreshes: (member) => !member.videoMuted,
    }),
    caughtBy: ['video.mute-video.covers'],
    untouched: ['video.leave.gone'],
  },
  'canvas-of-half-the-size': {
    description: 'the canvas is 640x360',
    profile: withVideo({ canvasWidth: 640, canvasHeight: 360 }),
    caughtBy: ['video.canvas'],
    untouched: ['video.canvas.constant'],
  },
  'half-the-pictures': {
    description: 'the canvas comes 12 times a second',
    profile: withVideo({ fps: 12 }),
    caughtBy: ['video.canvas'],
    untouched: ['video.canvas.constant', 'video.everybody-moves'],
  },
} as const satisfies Defects;
