import { clamp, type I420Picture, planesOf, requirePicture, type YuvColour } from './i420.ts';

/** Pixels of red, green, blue and opacity, 8 bits each, rows without padding. */
export interface RgbaPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One colour, 0..255 each. */
export interface RgbColour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/**
 * A colour in Y'CbCr of limited range (ITU-R BT.601: Y 16..235, U and V 16..240): what H.264 without colour
 * description means for pictures of these sizes.
 */
export function rgbToYuv({ red, green, blue }: RgbColour): YuvColour {
  return {
    y: Math.round(16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255),
    u: Math.round(128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255),
    v: Math.round(128 + (112 * red - 93.786 * green - 18.214 * blue) / 255),
  };
}

/** The way back (BT.601, limited range); what no screen can show is cut off. */
export function yuvToRgb({ y, u, v }: YuvColour): RgbColour {
  const luma = 1.164384 * (y - 16);
  return {
    red: toByte(luma + 1.596027 * (v - 128)),
    green: toByte(luma - 0.391762 * (u - 128) - 0.812968 * (v - 128)),
    blue: toByte(luma + 2.017232 * (u - 128)),
  };
}

/** The same as the web writes it: `#rrggbb`. */
export function yuvToHex(colour: YuvColour): string {
  const { red, green, blue } = yuvToRgb(colour);
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * A picture for PNG files and `pixelmatch`: BT.601, limited range, every chroma sample for its 2x2 pixels, opaque.
 * @throws RangeError where the data are not I420 of the given size
 */
export function toRgba(picture: I420Picture): RgbaPicture {
  requirePicture(picture, 'toRgba');
  const { width, height } = picture;
  const { y: lumas, u: us, v: vs } = planesOf(picture);
  const data = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column += 2) {
      const chroma = (row >> 1) * (width / 2) + (column >> 1);
      const u = us[chroma]! - 128;
      const v = vs[chroma]! - 128;
      const forRed = 1.596027 * v;
      const forGreen = -0.391762 * u - 0.812968 * v;
      const forBlue = 2.017232 * u;
      for (let at = row * width + column; at <= row * width + column + 1; at++) {
        const luma = 1.164384 * (lumas[at]! - 16);
        data[at * 4] = toByte(luma + forRed);
        data[at * 4 + 1] = toByte(luma + forGreen);
        data[at * 4 + 2] = toByte(luma + forBlue);
        data[at * 4 + 3] = 255;
      }
    }
  }
  return { width, height, data };
}

/**
 * A picture out of pixels (BT.601, limited range); the chroma is the mean of its 2x2 pixels, opacity is ignored.
 * @throws RangeError where the size is odd or the data do not fill it
 */
export function fromRgba(pixels: RgbaPicture): I420Picture {
  const { width, height, data } = pixels;
  if (data.length !== width * height * 4) {
    throw new RangeError(`fromRgba: ${data.length} bytes are not ${width}x${height} RGBA`);
  }
  const picture = { width, height, data: new Uint8Array((width * height * 3) / 2) };
  requirePicture(picture, 'fromRgba');
  const planes = planesOf(picture);
  for (let row = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (const at of [0, 1, width, width + 1].map((step) => row * width + column + step)) {
        const colour = { red: data[at * 4]!, green: data[at * 4 + 1]!, blue: data[at * 4 + 2]! };
        planes.y[at] = rgbToYuv(colour).y;
        red += colour.red / 4;
        green += colour.green / 4;
        blue += colour.blue / 4;
      }
      const { u, v } = rgbToYuv({ red, green, blue });
      const chroma = (row / 2) * (width / 2) + column / 2;
      planes.u[chroma] = u;
      planes.v[chroma] = v;
    }
  }
  return picture;
}

function toByte(value: number): number {
  return clamp(Math.round(value), 0, 255);
}
