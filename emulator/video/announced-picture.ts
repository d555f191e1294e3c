import { H264Error } from '../../media/h264/h264-error.ts';
import type { Size } from '../../media/h264/i420.ts';
import { nalType, nalTypes } from '../../media/h264/nal.ts';
import { ParameterSets } from '../../media/h264/parameter-sets.ts';
import { readH264Payload } from '../../media/h264/rtp-payload.ts';
import { pictureSizeProblem } from '../../media/h264/sps.ts';

/**
 * What a publisher's packets say of its picture without being put together: its parameter sets and its size.
 * Cheap enough for streams that nobody watches; takes hostile packets, and never throws.
 */
export class AnnouncedPicture {
  readonly #parameterSets = new ParameterSets();
  #size: Size | undefined;

  /** Of the newest keyframe that is not too large to be shown, in pixels; `undefined` before the first. */
  get size(): Size | undefined {
    return this.#size;
  }

  /** The newest ones, without start codes; SPS first. */
  get parameterSets(): readonly Buffer[] {
    return this.#parameterSets.missingFrom([]);
  }

  /** Another publisher sends from here on. @param parameterSets of its SDP, without start codes */
  restart(parameterSets: readonly Uint8Array[]): void {
    this.#parameterSets.clear();
    for (const nal of parameterSets) this.#keep(nal);
  }

  /** @param payload of one RTP packet */
  push(payload: Buffer): void {
    const read = readH264Payload(payload);
    if (read.kind === 'fragment' && read.start) this.#see(read.header & 0x1f);
    if (read.kind !== 'nals') return;
    for (const nal of read.nals) {
      this.#keep(nal);
      this.#see(nalType(nal));
    }
  }

  /** An SPS counts from the keyframe on that it stands in front of. */
  #see(type: number): void {
    const { size } = this.#parameterSets;
    if (type !== nalTypes.idrSlice || size === undefined) return;
    if (pictureSizeProblem(size) === undefined) this.#size = size;
  }

  #keep(nal: Uint8Array): void {
    try {
      this.#parameterSets.add(nal);
    } catch (error) {
      // Left out here as it is where packets are put together, and those are what somebody watches.
      if (!(error instanceof H264Error)) throw error;
    }
  }
}
