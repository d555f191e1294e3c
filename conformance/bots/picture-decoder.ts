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

/** Who looks at pictures. */
export interface PictureWatcher {
  /** False: a picture that came then is decoded, as those after it need it, but not handed out. */
  wants?(arrivalMs: number, timestamp: number): boolean;
  /** Called with each picture that is wanted, in order. */
  see(viewed: ViewedPicture): void;
}

/** Decodes what one viewer gets, in as many portions as one likes: a canvas is a megabyte, so none is kept. */
export class PictureDecoder {
  readonly #nodeAv: NodeAv;
  readonly #watcher: PictureWatcher;
  readonly #depacketizer = new RtpDepacketizer({ onAccessUnit: (accessUnit) => this.#decode(accessUnit) });
  #decoder: H264Decoder | undefined;
  #arrivalMs = 0;
  readonly #counts = { pictures: 0, bytes: 0, damaged: 0 };

  private constructor(nodeAv: NodeAv, watcher: PictureWatcher) {
    this.#nodeAv = nodeAv;
    this.#watcher = watcher;
  }

  static async open(watcher: PictureWatcher): Promise<PictureDecoder> {
    return new PictureDecoder(await loadNodeAv(), watcher);
  }

  /** Of all that was pushed. */
  get summary(): PictureSummary {
    return { ...this.#counts };
  }

  /** @throws what the watcher throws */
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
    const arrivalMs = this.#arrivalMs;
    if (this.#watcher.wants?.(arrivalMs, timestamp) === false) return;
    this.#watcher.see({ picture: picture.toImage(), arrivalMs, keyframe, timestamp });
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
  const decoder = await PictureDecoder.open({ see });
  try {
    decoder.push(packets);
  } finally {
    decoder.close();
  }
  return decoder.summary;
}
