import type { Rect, Size } from '../../media/h264/i420.ts';
import type { CellFit } from '../profile.ts';
import { fitPicture, type GridRules, gridCells, type Placement } from './grid.ts';

/** What is known of a member when it is decided what its cell shows. */
export interface ShownMember {
  readonly name: string;
  /** Place in the order of joining, from 0. */
  readonly index: number;
  readonly videoMuted: boolean;
  /** Age of its newest picture in ms; `undefined` where there is none. */
  readonly pictureAgeMs: number | undefined;
}

/** The parts of a room's picture that a deliberately broken emulator replaces. */
export interface VideoParts {
  /** One cell per member, in the order of joining. */
  grid(count: number, rules: GridRules): readonly Rect[];
  fit(cell: Rect, picture: Size, fit: CellFit): Placement;
  /** True: the member's picture. False: the placeholder with its name. */
  showsPicture(member: ShownMember, placeholderAfterMs: number): boolean;
  /** True: a new picture of this member replaces the one that is shown. */
  refreshes(member: ShownMember): boolean;
  /** In which order the two chroma planes are written. */
  readonly chromaOrder: 'uv' | 'vu';
  /** Which way round pictures are drawn. */
  readonly orientation: 'upright' | 'mirrored';
  /** True: the cell of a member who left goes with it. */
  readonly removesLeavers: boolean;
}

/** The right way. */
export const gridOfEverybody: VideoParts = {
  grid: gridCells,
  fit: fitPicture,
  showsPicture: ({ videoMuted, pictureAgeMs }, placeholderAfterMs) =>
    !videoMuted && pictureAgeMs !== undefined && pictureAgeMs < placeholderAfterMs,
  refreshes: () => true,
  chromaOrder: 'uv',
  orientation: 'upright',
  removesLeavers: true,
};
