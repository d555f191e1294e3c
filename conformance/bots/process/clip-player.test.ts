import { describe, expect, it } from 'vitest';
import { checkVideoClip } from './clip-player.ts';

const clip = (pictures: number, fps: number, keyframe = true) => ({
  fps,
  frames: Array.from({ length: pictures }, () => ({ payloads: [], keyframe })),
});

describe('checkVideoClip', () => {
  it.each([
    [25, 25],
    [25, 12.5],
    [60, 30],
    [10, 10 / 3],
  ])('takes %d pictures at %d fps', (pictures, fps) => {
    expect(() => checkVideoClip(clip(pictures, fps))).not.toThrow();
  });

  it('takes any length of pictures that are apart from their sound', () => {
    expect(() => checkVideoClip({ ...clip(72, 23.976), apartFromSound: true })).not.toThrow();
  });

  it.each([
    ['part of a second', clip(24, 25), '24 pictures at 25 fps does not last whole seconds'],
    ['no picture', clip(0, 25), '0 pictures at 25 fps are no loop'],
    ['no rate', clip(25, 0), '25 pictures at 0 fps are no loop'],
    ['no rate apart from the sound', { ...clip(25, Number.NaN), apartFromSound: true }, 'are no loop'],
    ['no keyframe first', clip(25, 25, false), 'does not begin with a keyframe'],
  ])('refuses %s', (_what, video, message) => {
    expect(() => checkVideoClip(video)).toThrow(message);
  });
});
