import type { EmulatorParts, Profile } from '../../emulator/index.ts';
import { defaultProfile, gridOfEverybody, minusSelfMix } from '../../emulator/index.ts';
import { fitOfFirstShape } from './fit-of-first-shape.ts';
import { sumOfAllRooms } from './sum-of-all-rooms.ts';

/** A deliberately broken emulator: one realistic mistake, which the suite has to catch. */
export interface Defect {
  readonly description: string;
  readonly parts: EmulatorParts;
  /** Where the mistake is one of the decisions; default: as decided. */
  readonly profile?: Profile;
}

/** By name. */
export const defects = {
  'self-not-subtracted': {
    description: 'a member hears itself: its own frame is not taken out of the sum',
    parts: { mix: { ...minusSelfMix, withoutOwn: (sum, _own, wide) => wide.set(sum) } },
  },
  'sum-wraps': {
    description:
      'the sum wraps around at 16 bits before the own frame is taken out, instead of being limited',
    parts: {
      mix: {
        ...minusSelfMix,
        sum(frames, wide) {
          minusSelfMix.sum(frames, wide);
          for (let i = 0; i < wide.length; i += 1) wide[i] = (wide[i]! << 16) >> 16;
        },
        createLimiter: () => ({
          limit(wide, out) {
            for (let i = 0; i < wide.length; i += 1) {
              out[i] = Math.max(-32768, Math.min(32767, wide[i]!));
            }
          },
        }),
      },
    },
  },
  'rooms-share-sound': {
    description: 'a room’s mix still has what was mixed for the room before it',
    parts: { mix: { ...minusSelfMix, sum: sumOfAllRooms() } },
  },
  'mute-does-not-mute': {
    description: 'mute-audio answers as it should, and the member is heard all the same',
    parts: { mix: { ...minusSelfMix, isHeard: () => true } },
  },
  'grid-rows-and-columns-swapped': {
    description: 'the grid is filled column by column',
    parts: {
      video: {
        ...gridOfEverybody,
        grid(count, rules) {
          const cells = gridOfEverybody.grid(count, rules);
          const byColumn = [...cells].sort((a, b) => a.x - b.x || a.y - b.y);
          return cells.map((_, member) => byColumn[member]!);
        },
      },
    },
  },
  'cell-frozen': {
    description: 'the second member’s cell keeps its first picture',
    parts: {
      video: {
        ...gridOfEverybody,
        refreshes: ({ index, pictureAgeMs }) => index !== 1 || pictureAgeMs === undefined,
      },
    },
  },
  'cell-stretched': {
    description: 'pictures fill their cells without regard to their proportions',
    parts: {
      video: { ...gridOfEverybody, fit: (cell, picture) => gridOfEverybody.fit(cell, picture, 'stretch') },
    },
  },
  'cell-cropped': {
    description: 'pictures fill their cells, and what sticks out is cut off',
    parts: {
      video: { ...gridOfEverybody, fit: (cell, picture) => gridOfEverybody.fit(cell, picture, 'crop') },
    },
  },
  'letterbox-at-the-corner': {
    description: 'a picture of another shape than its cell stands at the cell’s corner, not in the middle',
    parts: {
      video: {
        ...gridOfEverybody,
        fit(cell, picture, fit) {
          const { source, target } = gridOfEverybody.fit(cell, picture, fit);
          return { source, target: { ...target, x: cell.x, y: cell.y } };
        },
      },
    },
  },
  'letterbox-green': {
    description: 'bars and empty places have the colour of an empty buffer, in which all is zero',
    parts: {},
    profile: { ...defaultProfile, video: { ...defaultProfile.video, background: '#008700' } },
  },
  'shape-of-first-picture': {
    description: 'a member’s picture is drawn in the shape that it had at first, when its size has changed',
    parts: { video: { ...gridOfEverybody, fit: fitOfFirstShape() } },
  },
  'pictures-halting': {
    description: 'pictures stand still for half of every second, then jump to where they should be',
    parts: {
      video: { ...gridOfEverybody, refreshes: () => performance.now() % 1000 < 500 },
    },
  },
  'chroma-exchanged': {
    description: 'the U and V planes are exchanged',
    parts: { video: { ...gridOfEverybody, chromaOrder: 'vu' } },
  },
  'leaver-stays': {
    description: 'the cell of a member who left stays in the grid',
    parts: { video: { ...gridOfEverybody, removesLeavers: false } },
  },
  'muted-picture-frozen': {
    description: 'mute_video leaves the last picture standing instead of covering it',
    parts: {
      video: {
        ...gridOfEverybody,
        showsPicture: (member, afterMs) =>
          member.videoMuted ? true : gridOfEverybody.showsPicture(member, afterMs),
        refreshes: (member) => !member.videoMuted,
      },
    },
  },
} as const satisfies Record<string, Defect>;

export type DefectName = keyof typeof defects;
