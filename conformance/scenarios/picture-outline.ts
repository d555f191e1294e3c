import { decodePictures } from '../bots/picture-decoder.ts';
import type { ReceivedVideoPacket } from '../bots/process/messages.ts';
import type { I420Picture } from '../picture/i420.ts';

/** How soon a viewer saw something, and what it saw last. */
export interface PictureOutline {
  /** From its connection; infinite where it saw nothing. */
  readonly firstPictureMs: number;
  readonly lastPicture: I420Picture | undefined;
}

/**
 * Decodes what a viewer got, and reads nothing in it.
 * @param connectedMs when it was connected, and `endMs`, when what it saw ends to count, in ms of the monotonic clock
 */
export async function outlineOf(
  packets: readonly ReceivedVideoPacket[],
  connectedMs: number,
  endMs: number,
): Promise<PictureOutline> {
  let firstPictureMs = Infinity;
  let lastPicture: I420Picture | undefined;
  await decodePictures(packets, ({ picture, arrivalMs }) => {
    if (firstPictureMs === Infinity) firstPictureMs = Math.max(0, arrivalMs - connectedMs);
    if (arrivalMs <= endMs) lastPicture = picture;
  });
  return { firstPictureMs, lastPicture };
}
