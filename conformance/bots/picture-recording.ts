import {
  type AccessUnit,
  H264Decoder,
  H264Error,
  loadNodeAv,
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

/**
 * Decodes what a viewer got, picture by picture: a canvas is a megabyte, so none is kept.
 * @param see called with each picture, in order
 */
export async function decodePictures(
  packets: readonly ReceivedVideoPacket[],
  see: (viewed: ViewedPicture) => void,
): Promise<PictureSummary> {
  const nodeAv = await loadNodeAv();
  let decoder: H264Decoder | undefined;
  let [pictures, damaged, bytes] = [0, 0, 0];
  let arrivalMs = 0;
  const decode = ({ data, keyframe, timestamp, complete }: AccessUnit) => {
    if (!complete) damaged += 1;
    // Decoding begins with a keyframe, at first and after an error.
    if (keyframe) decoder ??= H264Decoder.openSync(nodeAv);
    if (decoder === undefined) return;
    try {
      if (!decoder.decodeSync(data) || decoder.picture === undefined) return;
    } catch (error) {
      if (!(error instanceof H264Error)) throw error;
      damaged += 1;
      decoder = undefined;
      return;
    }
    pictures += 1;
    see({ picture: decoder.picture.toImage(), arrivalMs, keyframe, timestamp });
  };
  const depacketizer = new RtpDepacketizer({ onAccessUnit: decode });
  try {
    for (const packet of packets) {
      arrivalMs = Number(packet.arrivalNs) / 1e6;
      bytes += packet.payload.length;
      depacketizer.push({ ...packet, payload: Buffer.from(packet.payload) }, arrivalMs);
    }
  } finally {
    decoder?.close();
  }
  return { pictures, bytes, damaged };
}
