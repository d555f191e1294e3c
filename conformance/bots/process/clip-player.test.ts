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

  it.each([
    ['part of a second', clip(24, 25), '24 pictures at 25 fps does not last whole seconds'],
    ['no picture', clip(0, 25), 'does not last whole seconds'],
    ['no rate', clip(25, 0), 'does not last whole seconds'],
    ['no keyframe first', clip(25, 25, false), 'does not begin with a keyframe'],
  ])('refuses %s', (_what, video, message) => {
    expect(() => checkVideoClip(video)).toThrow(message);
  });
});
