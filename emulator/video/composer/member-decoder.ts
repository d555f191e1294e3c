import { H264Decoder } from '../../../media/h264/h264-decoder.ts';
import type { NativePicture } from '../../../media/h264/native-picture.ts';
import type { NodeAv } from '../../../media/h264/node-av.ts';
import { Scaler } from '../../../media/h264/scaler.ts';
import type { DecodeResult } from './messages.ts';

/** One member's decoder with its newest picture. */
export class MemberDecoder {
  readonly scaler: Scaler;
  readonly #nodeAv: NodeAv;
  #decoder: H264Decoder | undefined;
  /** Counts pictures, so that it is known whether the newest one is drawn already. */
  serial = 0;

  constructor(nodeAv: NodeAv) {
    this.#nodeAv = nodeAv;
    this.scaler = new Scaler(nodeAv);
  }

  get picture(): NativePicture | undefined {
    return this.#decoder?.picture;
  }

  /** An error drops the decoder and the rest of the access units. Never throws. */
  decode(member: number, accessUnits: readonly Uint8Array[]): DecodeResult {
    const before = this.serial;
    try {
      for (const accessUnit of accessUnits) {
        this.#decoder ??= H264Decoder.openSync(this.#nodeAv);
        if (this.#decoder.decodeSync(accessUnit)) this.serial += 1;
      }
      return { member, pictures: this.serial - before };
    } catch (error) {
      this.#decoder?.close();
      this.#decoder = undefined;
      return { member, pictures: 0, error: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Idempotent. */
  close(): void {
    this.#decoder?.close();
    this.#decoder = undefined;
    this.scaler.close();
  }
}
