import type { Rect, Size } from '../../../media/h264/i420.ts';
import type { YuvColour } from '../colour.ts';
import type { Placement } from '../grid.ts';

/** What a composer is made for; never changes. */
export interface ComposerOptions extends Size {
  readonly fps: number;
  readonly bitrateKbps: number;
  readonly background: YuvColour;
  readonly chromaOrder: 'uv' | 'vu';
  readonly orientation: 'upright' | 'mirrored';
}

/** One cell of the canvas. */
export interface CellPlan {
  readonly cell: Rect;
  /** Number of the member whose cell it is. */
  readonly member: number;
  /** Drawn in the placeholder, where there is no picture of this size. */
  readonly label: string;
  /** Missing for a placeholder. */
  readonly picture?: PicturePlan;
}

/** How a member's picture is drawn. */
export interface PicturePlan extends Placement {
  /** The size that the picture must have for this plan. */
  readonly size: Size;
  /** False: what is drawn already stays. */
  readonly refresh: boolean;
}

/** New access units of one member. */
export interface DecodeRequest {
  readonly member: number;
  /** Bytes of each access unit, in order. */
  readonly lengths: readonly number[];
}

/** One turn of a composer: decode what came, draw what changed, encode. */
export interface ComposeRequest {
  readonly decode: readonly DecodeRequest[];
  /**
   * The access units of all of `decode`, one behind the other; shares its memory with nothing, since it is
   * moved to another thread: one piece of memory costs less to move than many.
   */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Members whose decoder and picture are dropped, before anything else. */
  readonly forget: readonly number[];
  /** Missing: the same as in the turn before. */
  readonly cells?: readonly CellPlan[];
  /** Missing: the canvas is drawn, but not encoded. */
  readonly encode?: { readonly keyframe: boolean };
}

/** What came of a turn. */
export interface ComposeResult {
  /** Of each member that had new access units. */
  readonly decoded: readonly DecodeResult[];
  /** Missing where nothing was to be encoded, or the encoder failed. */
  readonly frame?: { readonly accessUnit: Uint8Array; readonly keyframe: boolean };
  /** Why the encoder failed; it begins anew with the next turn. */
  readonly encoderError?: string;
}

/** What came of a member's access units. */
export interface DecodeResult {
  readonly member: number;
  /** Pictures that were decoded. */
  readonly pictures: number;
  /** Why decoding ended; the rest of this turn's access units was dropped, and a keyframe is needed. */
  readonly error?: string;
}

/** Decodes, draws and encodes the picture of one room; one call at a time. */
export interface Composer {
  /** Gets ready, so that the first turn is not late. Never throws. */
  start(): void;
  /** @throws Error where the composer failed as a whole; all decoders begin anew */
  compose(request: ComposeRequest): Promise<ComposeResult>;
  /** The canvas as it was drawn last, as a JPEG file. @throws Error where it cannot be made */
  snapshot(): Promise<Uint8Array>;
  /** Frees everything. Idempotent. */
  close(): Promise<void>;
}
