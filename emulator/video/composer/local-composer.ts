import { H264Encoder } from '../../../media/h264/h264-encoder.ts';
import { I420Buffer } from '../../../media/h264/i420-buffer.ts';
import { encodeJpeg } from '../../../media/h264/jpeg.ts';
import { loadNodeAv, type NodeAv } from '../../../media/h264/node-av.ts';
import { fillRect } from '../canvas.ts';
import { DrawnCells } from './drawn-cells.ts';
import { MemberDecoder } from './member-decoder.ts';
import type { ComposeRequest, ComposeResult, Composer, ComposerOptions } from './messages.ts';

/** What is there once the native library is loaded. */
interface Studio {
  readonly nodeAv: NodeAv;
  readonly canvas: I420Buffer;
  readonly cells: DrawnCells;
}

/**
 * A composer that works on the thread it is called from: on a thread of its own in an emulator
 * (`ThreadComposer`), directly in tests.
 */
export class LocalComposer implements Composer {
  readonly #options: ComposerOptions;
  readonly #decoders = new Map<number, MemberDecoder>();
  #studio: Promise<Studio> | undefined;
  #encoder: H264Encoder | undefined;
  #closed = false;

  constructor(options: ComposerOptions) {
    this.#options = options;
  }

  start(): void {
    // A failure is told by the first turn.
    this.#open().catch(() => undefined);
  }

  async compose(request: ComposeRequest): Promise<ComposeResult> {
    const { nodeAv, canvas, cells } = await this.#open();
    for (const member of request.forget) this.#forget(member);
    if (request.cells !== undefined) cells.setPlan(request.cells);
    const decoded = accessUnitsOf(request).map(({ member, accessUnits }) => {
      const result = this.#decoderOf(nodeAv, member).decode(member, accessUnits);
      // Drawn right away, while the processor still has the picture at hand.
      return { ...result, ...this.#draw(cells, member) };
    });
    for (const { member } of cells.plan) {
      const undrawn = this.#draw(cells, member);
      if (undrawn !== undefined) decoded.push({ member, pictures: 0, ...undrawn });
    }
    if (request.encode === undefined) return { decoded };
    try {
      this.#encoder ??= H264Encoder.openSync(nodeAv, this.#options);
      const { data, keyframe } = this.#encoder.encodeSync(canvas, request.encode);
      return { decoded, frame: { accessUnit: data, keyframe } };
    } catch (error) {
      this.#encoder?.close();
      this.#encoder = undefined;
      return { decoded, encoderError: error instanceof Error ? error.message : String(error) };
    }
  }

  async snapshot(): Promise<Uint8Array> {
    return encodeJpeg((await this.#open()).canvas);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const member of [...this.#decoders.keys()]) this.#forget(member);
    this.#encoder?.close();
    this.#encoder = undefined;
    (await this.#studio?.catch(() => undefined))?.canvas.close();
  }

  #open(): Promise<Studio> {
    if (this.#closed) return Promise.reject(new Error('the composer is closed'));
    this.#studio ??= this.#build();
    return this.#studio;
  }

  async #build(): Promise<Studio> {
    const nodeAv = await loadNodeAv();
    const { width, height, background } = this.#options;
    const canvas = new I420Buffer(nodeAv, { width, height });
    fillRect(canvas, { x: 0, y: 0, width, height }, background);
    return { nodeAv, canvas, cells: new DrawnCells(canvas, this.#options) };
  }

  #decoderOf(nodeAv: NodeAv, member: number): MemberDecoder {
    const known = this.#decoders.get(member);
    if (known !== undefined) return known;
    const decoder = new MemberDecoder(nodeAv);
    this.#decoders.set(member, decoder);
    return decoder;
  }

  /** @returns why a member's picture could not be drawn; it has begun anew */
  #draw(cells: DrawnCells, member: number): { error: string } | undefined {
    const error = cells.draw(member, this.#decoders.get(member));
    if (error === undefined) return undefined;
    this.#forget(member);
    return { error };
  }

  #forget(member: number): void {
    this.#decoders.get(member)?.close();
    this.#decoders.delete(member);
  }
}

/** Cuts the bytes of a request apart again. */
function accessUnitsOf({ decode, bytes }: ComposeRequest): { member: number; accessUnits: Uint8Array[] }[] {
  let end = 0;
  return decode.map(({ member, lengths }) => ({
    member,
    accessUnits: lengths.map((length) => {
      end += length;
      return bytes.subarray(end - length, end);
    }),
  }));
}
