import type { I420Planes, Rect } from '../../../media/h264/i420.ts';
import type { I420Buffer } from '../../../media/h264/i420-buffer.ts';
import { fillRect } from '../canvas.ts';
import { drawPlaceholder } from '../placeholder.ts';
import type { MemberDecoder } from './member-decoder.ts';
import type { CellPlan, ComposerOptions, PicturePlan } from './messages.ts';

/** What a cell shows at present. */
interface Drawn {
  /** The member and the place of its picture; another one needs a fresh background. */
  readonly what: string;
  /** Which of its pictures. */
  readonly serial: number;
}

/** Draws the cells of a canvas, each only where it changed. */
export class DrawnCells {
  readonly #canvas: I420Buffer;
  readonly #options: ComposerOptions;
  #layout = '';
  #drawn: Drawn[] = [];

  constructor(canvas: I420Buffer, options: ComposerOptions) {
    this.#canvas = canvas;
    this.#options = options;
  }

  /** Brings the canvas up to the plan; another layout begins with an empty canvas. */
  draw(cells: readonly CellPlan[], decoders: ReadonlyMap<number, MemberDecoder>): void {
    const layout = cells.map(({ cell }) => describe(cell)).join(' ');
    if (layout !== this.#layout) {
      const { width, height } = this.#canvas;
      fillRect(this.#canvas, { x: 0, y: 0, width, height }, this.#options.background);
      this.#layout = layout;
      this.#drawn = [];
    }
    cells.forEach((plan, i) => {
      this.#drawn[i] = this.#drawCell(plan, decoders.get(plan.member), this.#drawn[i]);
    });
  }

  #drawCell(plan: CellPlan, decoder: MemberDecoder | undefined, drawn: Drawn | undefined): Drawn {
    const { cell, member, label, picture } = plan;
    const decoded = decoder?.picture;
    if (
      picture === undefined ||
      decoded?.width !== picture.size.width ||
      decoded.height !== picture.size.height
    ) {
      const what = `${member} placeholder ${label}`;
      if (drawn?.what !== what) drawPlaceholder(this.#canvas, cell, label);
      return { what, serial: 0 };
    }
    return this.#drawPicture(plan, picture, decoder!, drawn);
  }

  #drawPicture(
    plan: CellPlan,
    picture: PicturePlan,
    decoder: MemberDecoder,
    drawn: Drawn | undefined,
  ): Drawn {
    const what = `${plan.member} ${describe(picture.source)} ${describe(picture.target)}`;
    const sameplace = drawn?.what === what;
    if (sameplace && (drawn.serial === decoder.serial || !picture.refresh)) return drawn;
    if (!sameplace) fillRect(this.#canvas, plan.cell, this.#options.background);
    decoder.scaler.draw(decoder.picture!, this.#target, picture.target, picture.source);
    return { what, serial: decoder.serial };
  }

  get #target(): I420Planes {
    if (this.#options.chromaOrder === 'uv') return this.#canvas;
    const { width, height, planes, strides } = this.#canvas;
    return {
      width,
      height,
      planes: [planes[0], planes[2], planes[1]],
      strides: [strides[0], strides[2], strides[1]],
    };
  }
}

function describe({ x, y, width, height }: Rect): string {
  return `${x},${y},${width},${height}`;
}
