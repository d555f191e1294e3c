/** Luma and chroma of a point, limited range. */
export type Colour = readonly [y: number, u: number, v: number];

/**
 * A moving picture as a function: x and y run over the picture in units of its height, t is in seconds, aspect is
 * width / height.
 */
export type Scene = (x: number, y: number, t: number, aspect: number) => Colour;

export type SceneName = 'balls' | 'waves' | 'page';

/** What the clips show: soft movement, hard edges that move, and a page that is scrolled. */
export const scenes: Readonly<Record<SceneName, Scene>> = { balls, waves, page };

const ballColours: readonly Colour[] = [
  [170, 90, 190],
  [120, 190, 100],
  [190, 60, 140],
  [90, 150, 200],
  [150, 160, 60],
];

/** Balls that bounce off the sides, over a still slope. */
function balls(x: number, y: number, t: number, aspect: number): Colour {
  const radius = 0.12 * Math.min(1, aspect);
  for (const [n, colour] of ballColours.entries()) {
    const centreX = radius + bounce(0.31 * n + (0.35 + 0.09 * n) * t) * (aspect - 2 * radius);
    const centreY = radius + bounce(0.17 * n + (0.5 - 0.07 * n) * t) * (1 - 2 * radius);
    if (Math.hypot(x - centreX, y - centreY) < radius) return colour;
  }
  return [50 + 60 * y, 118 + (20 * x) / aspect, 128];
}

/** Waves of brightness and colour that run through each other. */
function waves(x: number, y: number, t: number): Colour {
  const wave = Math.sin(9 * x + 3 * t) + Math.sin(7 * y - 2 * t) + Math.sin(5 * (x + y) + t);
  return [110 + 25 * wave, 128 + 40 * Math.sin(4 * x - t), 128 + 40 * Math.cos(3 * y + 2 * t)];
}

/** Dark lines like words on a light page, which moves up. */
function page(x: number, y: number, t: number, aspect: number): Colour {
  const line = Math.floor((y + 0.15 * t) / 0.05);
  const inLine = (y + 0.15 * t) / 0.05 - line;
  const word = Math.floor((x / aspect) * 24 + hash(line));
  const isMargin = x < 0.08 * aspect || x > 0.92 * aspect;
  if (isMargin || inLine > 0.55 || hash(line * 31 + word) < 0.25) return [140, 128, 128];
  return line % 7 === 0 ? [70, 160, 100] : [40, 128, 128];
}

/** To and fro between 0 and 1, once in two units. */
function bounce(phase: number): number {
  const rest = ((phase % 2) + 2) % 2;
  return rest < 1 ? rest : 2 - rest;
}

/** A number from 0 to 1 that is the same for the same input. */
function hash(n: number): number {
  let mixed = Math.imul((n + 1) ^ 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
