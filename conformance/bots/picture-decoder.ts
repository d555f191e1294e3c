import {
  type AccessUnit,
  H264Decoder,
  H264Error,
  loadNodeAv,
  type NodeAv,
  RtpDepacketizer,
} from '../../media/h264/index.ts';
import type { I420Picture } from '../picture/i420.ts';
import type { ReceivedVideoPacket } from './process/messages.ts';

/** One picture that a viewer got. */
export interface ViewedPicture {
  readonly picture: I420Picture;
  /** When its last packet came, in ms of the monotonic clock. */
  readonly arrivalMs: number;
  readonly keyframe: boolean;
  /** RTP timestamp, 90 kHz. */
  readonly timestamp: number;
}

/** What a viewer got in all. */
export interface PictureSummary {
  /** Pictures that could be decoded. */
  readonly pictures: number;
  readonly bytes: number;
  readonly damaged: number;
}

/** Decodes what one viewer gets, in as many portions as one likes: a canvas is a megabyte, so none is kept. */
export class PictureDecoder {
  readonly #nodeAv: NodeAv;
  readonly #see: (viewed: ViewedPicture) => void;
  readonly #depacketizer = new RtpDepacketizer({ onAccessUnit: (accessUnit) => this.#decode(accessUnit) });
  #decoder: H264Decoder | undefined;
  #arrivalMs = 0;
  readonly #counts = { pictures: 0, bytes: 0, damaged: 0 };

  private constructor(nodeAv: NodeAv, see: (viewed: ViewedPicture) => void) {
    this.#nodeAv = nodeAv;
    this.#see = see;
  }

  /** @param see called with each picture, in order */
  static async open(see: (viewed: ViewedPicture) => void): Promise<PictureDecoder> {
    return new PictureDecoder(await loadNodeAv(), see);
  }

  /** Of all that was pushed. */
  get summary(): PictureSummary {
    return { ...this.#counts };
  }

  /** @throws what `see` throws */
  push(packets: readonly ReceivedVideoPacket[]): void {
    for (const packet of packets) {
      this.#arrivalMs = Number(packet.arrivalNs) / 1e6;
      this.#counts.bytes += packet.payload.length;
      this.#depacketizer.push({ ...packet, payload: Buffer.from(packet.payload) }, this.#arrivalMs);
    }
  }

  /** Idempotent. */
  close(): void {
    this.#decoder?.close();
    this.#decoder = undefined;
  }

  #decode({ data, keyframe, timestamp, complete }: AccessUnit): void {
    if (!complete) this.#counts.damaged += 1;
    // Decoding begins with a keyframe, at first and after an error.
    if (keyframe) this.#decoder ??= H264Decoder.openSync(this.#nodeAv);
    if (this.#decoder === undefined) return;
    try {
      if (!this.#decoder.decodeSync(data)) return;
    } catch (error) {
      if (!(error instanceof H264Error)) throw error;
      this.#counts.damaged += 1;
      this.#decoder = undefined;
      return;
    }
    const { picture } = this.#decoder;
    if (picture === undefined) return;
    this.#counts.pictures += 1;
    this.#see({ picture: picture.toImage(), arrivalMs: this.#arrivalMs, keyframe, timestamp });
  }
}

/**
 * Decodes all that a viewer got, picture by picture.
 * @param see called with each picture, in order
 */
export async function decodePictures(
  packets: readonly ReceivedVideoPacket[],
  see: (viewed: ViewedPicture) => void,
): Promise<PictureSummary> {
  const decoder = await PictureDecoder.open(see);
  try {
    decoder.push(packets);
  } finally {
    decoder.close();
  }
  return decoder.summary;
}
