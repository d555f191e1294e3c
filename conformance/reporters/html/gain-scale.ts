/** Quietest and loudest gain the colours tell apart, in dB; beyond them the colour stays. */
export const gainScaleDb = Object.freeze({ quietest: -60, loudest: 0, step: 5 });

const lastStep = (gainScaleDb.loudest - gainScaleDb.quietest) / gainScaleDb.step;

type Rgb = readonly [red: number, green: number, blue: number];

// From the page's ground to a colour that stands out of it, so that silence looks like nothing.
const lightEnds: readonly [Rgb, Rgb] = [
  [244, 246, 248],
  [9, 78, 120],
];
const darkEnds: readonly [Rgb, Rgb] = [
  [30, 35, 42],
  [70, 152, 196],
];

/** Number of the colour for a gain in dB, 0 for quiet; the class `g0` and on of {@link gainScaleCss}. */
export function gainStep(gainDb: number): number {
  if (Number.isNaN(gainDb)) return 0;
  const step = Math.round((gainDb - gainScaleDb.quietest) / gainScaleDb.step);
  return Math.min(lastStep, Math.max(0, step));
}

/** All steps, from the quietest to the loudest. */
export function gainSteps(): number[] {
  return Array.from({ length: lastStep + 1 }, (_, step) => step);
}

/**
 * CSS rules for the steps: ground and text colour in light and dark. Steps are evenly spaced in Oklab, so
 * that equal differences in dB look equally large.
 */
export function gainScaleCss(): string {
  const rules = (ends: readonly [Rgb, Rgb]) =>
    gainSteps()
      .map((step) => rule(step, ends))
      .join('');
  return `${rules(lightEnds)}@media (prefers-color-scheme:dark){@media screen{${rules(darkEnds)}}}`;
}

function rule(step: number, [quiet, loud]: readonly [Rgb, Rgb]): string {
  const ground = mix(quiet, loud, step / lastStep);
  return `.g${step}{background:${hex(ground)};fill:${hex(ground)};color:${inkOn(ground)}}`;
}

/** Black or white, whichever has the higher contrast ratio on the ground (WCAG 2.2). */
function inkOn(ground: Rgb): string {
  const luminance =
    0.2126 * toLinear(ground[0]) + 0.7152 * toLinear(ground[1]) + 0.0722 * toLinear(ground[2]);
  return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.055 ? '#fff' : '#000';
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const start = toOklab(from);
  const end = toOklab(to);
  const between = (index: 0 | 1 | 2) => start[index] + (end[index] - start[index]) * share;
  return fromOklab([between(0), between(1), between(2)]);
}

// The matrices are those of Björn Ottosson's Oklab.
function toOklab(colour: Rgb): Rgb {
  const [r, g, b] = [toLinear(colour[0]), toLinear(colour[1]), toLinear(colour[2])];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function toLinear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function fromLinear(value: number): number {
  const clamped = Math.min(1, Math.max(0, value));
  const encoded = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}

function hex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
