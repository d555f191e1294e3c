import { clamp, type I420Picture, type YuvColour } from './i420.ts';

/** Luma at a point, between the four pixels around it; outside the picture that of its edge. */
export function lumaAt(picture: I420Picture, x: number, y: number): number {
  const { width, height, data } = picture;
  const left = clamp(x - 0.5, 0, width - 1);
  const top = clamp(y - 0.5, 0, height - 1);
  const column = Math.min(Math.floor(left), width - 2);
  const row = Math.min(Math.floor(top), height - 2);
  const right = left - column;
  const down = top - row;
  const at = row * width + column;
  const upper = data[at]! * (1 - right) + data[at + 1]! * right;
  const lower = data[at + width]! * (1 - right) + data[at + width + 1]! * right;
  return upper * (1 - down) + lower * down;
}

/** The colour at a point; `undefined` outside the picture. */
export function colourAt(picture: I420Picture, x: number, y: number): YuvColour | undefined {
  const { width, height, data } = picture;
  if (!(x >= 0 && y >= 0 && x < width && y < height)) return undefined;
  const luma = width * height;
  const chroma = Math.floor(y / 2) * (width / 2) + Math.floor(x / 2);
  return {
    y: data[Math.floor(y) * width + Math.floor(x)]!,
    u: data[luma + chroma]!,
    v: data[luma + luma / 4 + chroma]!,
  };
}

/** The value in the middle of several; that of none is 0. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return sorted.length === 0 ? 0 : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Mean of several values; that of none is 0. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
