import { BitReader } from './bit-reader.ts';
import { H264Error } from './h264-error.ts';
import { nalType, nalTypes } from './nal.ts';
import { readSps } from './sps.ts';

/** Longer parameter sets are not kept: real ones have some tens of bytes. */
const maxBytes = 1024;
/** Kept of each kind; a sender that uses more numbers pushes the oldest out. */
const maxKept = 8;

/** The newest sequence and picture parameter sets of a stream, by their numbers. */
export class ParameterSets {
  readonly #sps = new Map<number, Buffer>();
  readonly #pps = new Map<number, Buffer>();
  #size: { readonly width: number; readonly height: number } | undefined;

  /** Of the picture as the newest SPS says, in pixels. */
  get size(): { readonly width: number; readonly height: number } | undefined {
    return this.#size;
  }

  /**
   * Keeps a copy of a parameter set; takes any NAL unit and leaves others alone.
   * @throws H264Error for a parameter set that cannot be read
   */
  add(nal: Uint8Array): void {
    const type = nalType(nal);
    if (type !== nalTypes.sps && type !== nalTypes.pps) return;
    if (nal.length > maxBytes) throw new H264Error(`a parameter set of ${nal.length} bytes is too long`);
    if (type === nalTypes.sps) {
      const { id, width, height } = readSps(nal);
      keep(this.#sps, id, nal);
      this.#size = { width, height };
      return;
    }
    const id = new BitReader(nal.subarray(1)).unsigned();
    if (id > 255) throw new H264Error(`the number of the PPS, ${id}, is larger than 255`);
    keep(this.#pps, id, nal);
  }

  /** What a keyframe needs in front of it besides what it brings along: SPS first. */
  missingFrom(nals: readonly Uint8Array[]): Buffer[] {
    const has = (type: number) => nals.some((nal) => nalType(nal) === type);
    return [
      ...(has(nalTypes.sps) ? [] : this.#sps.values()),
      ...(has(nalTypes.pps) ? [] : this.#pps.values()),
    ];
  }

  clear(): void {
    this.#sps.clear();
    this.#pps.clear();
    this.#size = undefined;
  }
}

function keep(sets: Map<number, Buffer>, id: number, nal: Uint8Array): void {
  sets.delete(id);
  sets.set(id, Buffer.from(nal));
  if (sets.size > maxKept) sets.delete(sets.keys().next().value!);
}
