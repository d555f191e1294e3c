import { describe, expect, it } from 'vitest';
import { loadPicture, pictureClipCount } from '../../media-samples/pictures/index.ts';
import { checkVideoClip } from './process/clip-player.ts';
import { sampleClip, sampleVideo } from './sample-clip.ts';

const indices = Array.from({ length: pictureClipCount }, (_, index) => index);

describe('a recorded picture for a bot', () => {
  it.each(indices)('can be sent round and round at its own rate: clip %i', (index) => {
    const { pictures, fps } = loadPicture(index);
    const { video, packets } = sampleClip(index);
    expect(() => checkVideoClip(video!)).not.toThrow();
    expect(video!.fps).toBe(fps);
    expect(video!.frames.map(({ keyframe }) => keyframe)).toEqual(pictures.map(({ keyframe }) => keyframe));
    const longest = Math.max(
      ...video!.frames.flatMap(({ payloads }) => payloads.map(({ length }) => length)),
    );
    expect(longest).toBeLessThanOrEqual(1200);
    expect(packets.length).toBeGreaterThan(10);
  });

  it('begins anew after the last one', () => {
    expect(sampleVideo(pictureClipCount + 1).name).toBe(sampleVideo(1).name);
  });
});
