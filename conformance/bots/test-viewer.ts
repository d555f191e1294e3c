import type { VideoSource } from './kept-video.ts';
import { pictureClip } from './picture-clip.ts';
import type { Clip, ReceivedVideoPacket } from './process/messages.ts';

const camera = { width: 320, height: 180, fps: 25, seconds: 1 };

/** The picture of a bot, of one second, as a viewer gets it: one every 40 ms, the first of them at 0 ms. */
export async function packetsOfBot(bot: number): Promise<ReceivedVideoPacket[][]> {
  return packetsOfClip(await pictureClip({ bot, ...camera }));
}

/** The same of any clip of 25 pictures a second: packets by picture. */
export function packetsOfClip({ video }: Clip): ReceivedVideoPacket[][] {
  let sequenceNumber = 0;
  return video!.frames.map(({ payloads }, picture) =>
    payloads.map((payload, i) => ({
      ssrc: 1,
      sequenceNumber: sequenceNumber++,
      timestamp: picture * 3600,
      marker: i === payloads.length - 1,
      payload,
      arrivalNs: BigInt(picture * 40_000_000),
    })),
  );
}

/** A viewer to whom pictures come, a few at each look; nothing once they are used up. */
export function viewerOf(pictures: readonly ReceivedVideoPacket[][], picturesPerLook: number): VideoSource {
  let next = 0;
  return {
    takeVideo: async () => {
      const taken = pictures.slice(next, next + picturesPerLook).flat();
      next += picturesPerLook;
      return taken;
    },
  };
}
