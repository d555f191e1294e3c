import { describe, expect, it } from 'vitest';
import { gainScaleCss, gainStep, gainSteps } from './gain-scale.ts';
import { contrast, luminance } from './test-contrast.ts';

const rules = [...gainScaleCss().matchAll(/\.g(\d+)\{background:(#\w{6});fill:\2;color:(#\w+)\}/g)];

describe('the scale of gains', () => {
  it.each([
    [0, 12],
    [6, 12],
    [-30, 6],
    [-60, 0],
    [-120, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.POSITIVE_INFINITY, 12],
    [Number.NaN, 0],
  ])('gives %d dB the step %d', (gainDb, step) => {
    expect(gainStep(gainDb)).toBe(step);
  });

  it('has a rule for every step, in light and in dark', () => {
    expect(rules.map(([, step]) => Number(step))).toEqual([...gainSteps(), ...gainSteps()]);
  });

  it('prints every value with a contrast of at least 4.5', () => {
    for (const [, , ground, ink] of rules) {
      expect(contrast(ground!, ink!)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('gets darker with the gain on white, and lighter on black, at every step', () => {
    const grounds = rules.map(([, , ground]) => luminance(ground!));
    const [light, dark] = [grounds.slice(0, 13), grounds.slice(13)];
    expect(light).toEqual(light.toSorted((a, b) => b - a));
    expect(dark).toEqual(dark.toSorted((a, b) => a - b));
    expect(new Set(grounds).size).toBe(26);
  });
});
