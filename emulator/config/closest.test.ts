import { describe, expect, it } from 'vitest';
import { closest } from './closest.ts';

describe('closest', () => {
  const options = ['bitrate', 'samplerate', 'samples', 'disable_video'];

  it.each([
    ['bitrat', 'bitrate'],
    ['bitraet', 'bitrate'],
    ['samplarate', 'samplerate'],
    ['sample', 'samples'],
    ['DISABLE_VIDEO', 'disable_video'],
    ['disablevideo', 'disable_video'],
  ])('takes %s for %s', (word, meant) => {
    expect(closest(word, options)).toBe(meant);
  });

  it.each(['', 'fps', 'video', 'x'.repeat(101)])('has no guess for %s', (word) => {
    expect(closest(word, options)).toBeUndefined();
  });
});
