/** Luma, U and V, 8 bits, limited range. */
export type YuvColour = readonly [y: number, u: number, v: number];

/**
 * Changes a colour of the web into the one of a picture (ITU-R BT.601, limited range).
 * @param hex `#rrggbb`
 * @throws RangeError for anything else
 */
export function toYuv(hex: string): YuvColour {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new RangeError(`toYuv: ${JSON.stringify(hex)} is no #rrggbb`);
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return [
    Math.round(16 + 65.481 * r! + 128.553 * g! + 24.966 * b!),
    Math.round(128 - 37.797 * r! - 74.203 * g! + 112 * b!),
    Math.round(128 + 112 * r! - 93.786 * g! - 18.214 * b!),
  ];
}
