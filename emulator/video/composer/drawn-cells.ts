import type { Rect } from '../../../media/h264/i420.ts';
import type { I420Buffer } from '../../../media/h264/i420-buffer.ts';
import { fillRect, mirrorRect } from '../canvas.ts';
import { drawPlaceholder } from '../placeholder.ts';
import type { MemberDecoder } from './member-decoder.ts';
import type { CellPlan, ComposerOptions, PicturePlan } from './messages.ts';

/** What a cell shows at present. */
interface Drawn {
  /** The member and the place of its picture, or its placeholder; another one needs a fresh background. */
  readonly what: string;
  /** Which of its pictures. */
  readonly serial: number;
}

/** Draws the cells of a canvas, each only where it changed. */
export class DrawnCells {
  readonly #canvas: I420Buffer;
  readonly #options: ComposerOptions;
  #cells: readonly CellPlan[] = [];
  /** Where each member is in the plan. */
  #places: ReadonlyMap<number, number> = new Map();
  /** What each cell of the plan shows where it shows a picture. */
  #pictures: readonly string[] = [];
  #layout = '';
  #drawn: Drawn[] = [];

  constructor(canvas: I420Buffer, options: ComposerOptions) {
    this.#canvas = canvas;
    this.#options = options;
  }

  /** From here on this is drawn; another layout begins with an empty canvas. */
  setPlan(cells: readonly CellPlan[]): void {
    this.#cells = cells;
    this.#places = new Map(cells.map(({ member }, i) => [member, i]));
    this.#pictures = cells.map(({ member, picture }) =>
      picture === undefined ? '' : `${member} ${describe(picture.source)} ${describe(picture.target)}`,
    );
    const layout = cells.map(({ cell }) => describe(cell)).join(' ');
    if (layout === this.#layout) return;
    const { width, height } = this.#canvas;
    fillRect(this.#canvas, { x: 0, y: 0, width, height }, this.#options.background);
    this.#layout = layout;
    this.#drawn = [];
  }

  /** What is drawn. */
  get plan(): readonly CellPlan[] {
    return this.#cells;
  }

  /**
   * Brings a member's cell up to date, if there is one.
   * @returns why the picture could not be drawn; there is a placeholder instead
   */
  draw(member: number, decoder: MemberDecoder | undefined): string | undefined {
    const place = this.#places.get(member);
    if (place === undefined) return undefined;
    const plan = this.#cells[place]!;
    try {
      this.#drawn[place] = this.#drawCell(plan, this.#pictures[place]!, decoder, this.#drawn[place]);
      return undefined;
    } catch (error) {
      this.#drawn[place] = this.#drawPlaceholder(plan, undefined);
      return error instanceof Error ? error.message : String(error);
    }
  }

  #drawCell(
    plan: CellPlan,
    what: string,
    decoder: MemberDecoder | undefined,
    drawn: Drawn | undefined,
  ): Drawn {
    const { cell, picture } = plan;
    if (picture === undefined || !hasPicture(decoder, picture)) return this.#drawPlaceholder(plan, drawn);
    const isThere = drawn?.what === what;
    if (isThere && (drawn.serial === decoder.serial || !picture.refresh)) return drawn;
    if (!isThere) fillRect(this.#canvas, cell, this.#options.background);
    decoder.scaler.draw(decoder.picture!, this.#canvas, picture.target, {
      crop: picture.source,
      swapChroma: this.#options.chromaOrder === 'vu',
    });
    if (this.#options.orientation === 'mirrored') mirrorRect(this.#canvas, picture.target);
    return { what, serial: decoder.serial };
  }

  #drawPlaceholder({ cell, member, label }: CellPlan, drawn: Drawn | undefined): Drawn {
    const what = `placeholder ${member}`;
    if (drawn?.what === what) return drawn;
    drawPlaceholder(this.#canvas, cell, label);
    return { what, serial: 0 };
  }
}

/** A picture of another size than planned would be drawn out of proportion. */
function hasPicture(decoder: MemberDecoder | undefined, { size }: PicturePlan): decoder is MemberDecoder {
  const picture = decoder?.picture;
  return picture?.width === size.width && picture.height === size.height;
}

function describe({ x, y, width, height }: Rect): string {
  return `${x},${y},${width},${height}`;
}
