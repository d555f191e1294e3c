import { describe, expect, it } from 'vitest';
import { baseStyle } from './base.ts';

/** The colours of each scheme by name, as the stylesheet sets them. */
const [light, dark] = [...baseStyle.matchAll(/:root \{(.*?)\}/gs)].map(
  ([, rules]) =>
    new Map([...rules!.matchAll(/--([\w-]+): (#[0-9a-f]+)/g)].map(([, name, value]) => [name!, value!])),
);

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const digits =
    colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

/** Texts need 4.5 to 1, the edges of controls and the meters 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11). */
const texts = [
  ...['ground', 'paper', 'sunken'].flatMap((ground) => [`ink ${ground}`, `soft ${ground}`]),
  ...['link paper', 'link ground', 'on-accent accent', 'on-stage stage', 'good sunken', 'bad sunken'],
  ...['bad paper', 'bad bad-ground', 'pressed paper', 'pressed pressed-ground'],
];
const shapes = [
  'line-strong paper',
  'line-strong ground',
  'focus paper',
  'focus ground',
  'meter sunken',
  'meter-hot sunken',
];

describe.each([
  ['light', light!],
  ['dark', dark!],
])('colours in %s', (scheme, colours) => {
  it.each([...texts.map((pair) => [pair, 4.5] as const), ...shapes.map((pair) => [pair, 3] as const)])(
    '%s: at least %d to 1',
    (pair, least) => {
      // What dark does not set stays as in light.
      const [one, other] = pair.split(' ').map((name) => colours.get(name) ?? light!.get(name));
      expect(contrast(one!, other!), `${scheme}: ${one} on ${other}`).toBeGreaterThanOrEqual(least);
    },
  );
});
