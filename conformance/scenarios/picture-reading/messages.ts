import type { PictureSummary } from '../../bots/picture-decoder.ts';
import type { ReceivedVideoPacket } from '../../bots/process/messages.ts';
import type { FoundCell } from '../../picture/find-cells.ts';
import type { I420Picture } from '../../picture/i420.ts';
import type { SeenShapes } from './shape-watcher.ts';

/** What is read. */
export interface ReadingOptions {
  /** Pictures that came before are decoded, as those after them need it, but not read; ms of the monotonic clock. */
  readonly fromMs?: number;
  /** Looks at shapes and at what is beside the pictures, in a room of so many members. */
  readonly shapesOf?: number;
}

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
  /** Pictures that were asked for, in the order of the moments: the last one before each. */
  readonly kept: readonly (I420Picture | undefined)[];
  /** Where it was asked for. */
  readonly shapes: SeenShapes | undefined;
}

/** To the thread that reads. */
export type ToReader =
  | { readonly type: 'packets'; readonly packets: readonly ReceivedVideoPacket[] }
  /** The last picture before this moment is wanted. */
  | { readonly type: 'keep'; readonly momentMs: number }
  /** Nothing more comes: it answers with what was viewed. */
  | { readonly type: 'finish' };
