import { packetizeH264 } from '../../media/h264/index.ts';
import { loadSpeech, speechClipCount } from '../../media-samples/index.ts';
import { loadPicture, pictureClipCount } from '../../media-samples/pictures/index.ts';
import type { Clip, VideoClip } from './process/messages.ts';

/**
 * One of the recorded pictures of `media-samples/pictures`, as it is, for a publisher.
 * @param index from 0; after the last one they begin anew
 */
export function sampleVideo(index: number): { readonly name: string; readonly video: VideoClip } {
  const { name, fps, pictures } = loadPicture(index % pictureClipCount);
  const frames = pictures.map(({ data, keyframe }) => ({
    payloads: packetizeH264(data).map(({ payload }) => payload),
    keyframe,
  }));
  return { name, video: { frames, fps, apartFromSound: true } };
}

/**
 * A bot with a recorded picture and a recorded voice, which have nothing to do with each other.
 * @param index from 0; after the last picture, and the last voice, they begin anew
 */
export function sampleClip(index: number): Clip {
  const { packets } = loadSpeech(index % speechClipCount);
  return { packets, samplesAt48k: 960, video: sampleVideo(index).video };
}
