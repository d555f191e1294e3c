/** What the coded patch of a picture says. */
export interface PictureStamp {
  /** Which bot painted it, 0..63. */
  readonly bot: number;
  /** Number of the picture, 0..65535, then from 0 again. */
  readonly frame: number;
  /** Size of the picture as it was painted, even, up to 2046. */
  readonly width: number;
  readonly height: number;
}

/** How many bots can be told apart. */
export const pictureBotCount = 64;
/** Frame numbers in the patch start from 0 again after this many: 43 minutes at 25 fps. */
export const codedFrameCount = 0x10000;
/** Largest width and height that the patch can say. */
export const largestPictureSide = 2046;

/** Blocks of the patch: ten in each of six rows. */
export const codeColumns = 10;
export const codeRows = 6;

const contentBits = 44;
/**
 * Laid over the blocks, so that zeros of the frame number make no black fields. A patch that is turned or mirrored
 * has it in the wrong place, and fails its checksum.
 */
const mask = [0x2d3, 0x19a, 0x34e, 0x0b5, 0x2e9, 0x147];

/** The blocks of a patch, row by row: 1 is white. Read as one number of 60 bits, most significant first. */
export function encodeStamp(stamp: PictureStamp): Uint8Array {
  const fields = [
    [stamp.bot, 6],
    [stamp.frame, 16],
    [stamp.width / 2, 10],
    [stamp.height / 2, 10],
    // Reserved: a patch in which they are set is not ours.
    [0, 2],
  ] as const;
  const blocks = new Uint8Array(codeColumns * codeRows);
  let at = 0;
  const put = (value: number, bits: number) => {
    for (let bit = bits - 1; bit >= 0; bit--) blocks[at++] = (value >> bit) & 1;
  };
  for (const [value, bits] of fields) put(value, bits);
  put(checksum(blocks.subarray(0, contentBits)), 16);
  return xorMask(blocks);
}

/**
 * Reads the blocks of a patch.
 * @returns `undefined` where the checksum or the fields say that these are no blocks of ours
 */
export function decodeStamp(seen: Uint8Array): PictureStamp | undefined {
  if (seen.length !== codeColumns * codeRows) return undefined;
  const blocks = xorMask(Uint8Array.from(seen));
  let at = 0;
  const take = (bits: number) => {
    let value = 0;
    for (let bit = 0; bit < bits; bit++) value = (value << 1) | blocks[at++]!;
    return value;
  };
  const bot = take(6);
  const frame = take(16);
  const width = take(10) * 2;
  const height = take(10) * 2;
  const reserved = take(2);
  if (take(16) !== checksum(blocks.subarray(0, contentBits))) return undefined;
  if (reserved !== 0 || width === 0 || height === 0) return undefined;
  return { bot, frame, width, height };
}

/**
 * A mixing hash and not a cyclic code: patches that are mirrored or turned differ in structured ways, which a
 * linear code would be blind to more often than chance.
 */
function checksum(bits: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const bit of bits) {
    hash = Math.imul(hash ^ (bit + 1), 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) & 0xffff;
}

function xorMask(blocks: Uint8Array): Uint8Array {
  for (let n = 0; n < blocks.length; n++) {
    const row = Math.floor(n / codeColumns);
    blocks[n]! ^= (mask[row]! >> (codeColumns - 1 - (n % codeColumns))) & 1;
  }
  return blocks;
}
