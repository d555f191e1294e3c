import { H264Error } from './h264-error.ts';

/**
 * Reads the bits of a NAL unit's payload (H.264 §7.2, §9.1). Emulation prevention bytes are taken out; it
 * never reads past the end, and never loops longer than the payload has bits.
 */
export class BitReader {
  readonly #bytes: Uint8Array;
  #bit = 0;

  /** @param payload what follows the first byte of a NAL unit */
  constructor(payload: Uint8Array) {
    this.#bytes = withoutEmulationPrevention(payload);
  }

  /** @throws H264Error at the end of the payload */
  flag(): boolean {
    return this.bits(1) === 1;
  }

  /**
   * @param count 1 to 32
   * @throws H264Error at the end of the payload
   */
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i += 1) {
      const byte = this.#bytes[this.#bit >> 3];
      if (byte === undefined) throw new H264Error('the NAL unit ends too early');
      value = value * 2 + ((byte >> (7 - (this.#bit & 7))) & 1);
      this.#bit += 1;
    }
    return value;
  }

  /** ue(v), an unsigned Exp-Golomb code of up to 32 bits. @throws H264Error */
  unsigned(): number {
    let zeros = 0;
    while (!this.flag()) {
      zeros += 1;
      if (zeros > 31) throw new H264Error('an Exp-Golomb code is longer than H.264 allows');
    }
    return zeros === 0 ? 0 : 2 ** zeros - 1 + this.bits(zeros);
  }

  /** se(v), a signed Exp-Golomb code. @throws H264Error */
  signed(): number {
    const code = this.unsigned();
    return code % 2 === 0 ? -code / 2 : (code + 1) / 2;
  }
}

/** Takes out the third byte of each 0, 0, 3 (H.264 §7.4.1). */
function withoutEmulationPrevention(payload: Uint8Array): Uint8Array {
  const plain = new Uint8Array(payload.length);
  let length = 0;
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    plain[length] = byte;
    length += 1;
  }
  return plain.subarray(0, length);
}
