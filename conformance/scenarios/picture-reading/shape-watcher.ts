import { type Background, backgroundOf } from '../../picture/background.ts';
import type { FoundCell } from '../../picture/find-cells.ts';
import type { I420Picture } from '../../picture/i420.ts';
import { turnedPhone } from '../mixed-members.ts';
import type { SeenCanvas } from './messages.ts';

/** A canvas with its picture. */
export interface KeptCanvas {
  readonly canvas: SeenCanvas;
  readonly picture: I420Picture;
}

/** What was seen of shapes. */
export interface SeenShapes {
  /** The last canvas of each way in which the phone was seen. */
  readonly byShape: readonly KeptCanvas[];
  /** The most of the background that was not black, of all canvases in which everybody was found. */
  readonly worstBackground: Background | undefined;
}

/** A shape is looked at when it has been seen for so long. */
const steadyMs = 500;

/** What is kept of pictures of members of mixed shapes, which are too large to be kept all. */
export class ShapeWatcher {
  readonly #members: number;
  readonly #byShape = new Map<string, KeptCanvas>();
  #worstBackground: Background | undefined;
  #shape = '';
  #shapeSinceMs = 0;

  constructor(members: number) {
    this.#members = members;
  }

  get seen(): SeenShapes {
    return { byShape: [...this.#byShape.values()], worstBackground: this.#worstBackground };
  }

  see(canvas: SeenCanvas, picture: I420Picture): void {
    const { arrivalMs, cells } = canvas;
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
    if (background.notBlackShare < (this.#worstBackground?.notBlackShare ?? 0)) return;
    this.#worstBackground = background;
  }
}

/** The cell of the member whose shape changes. */
export function phoneIn(cells: readonly FoundCell[]): FoundCell | undefined {
  return cells.find(({ bot }) => bot === turnedPhone.bot);
}
