import { BitReader } from './bit-reader.ts';
import { H264Error } from './h264-error.ts';
import { nalType, nalTypes } from './nal.ts';

/** What a sequence parameter set says of the pictures that follow it. */
export interface SpsInfo {
  /** 0 to 31. */
  readonly id: number;
  /** 66 baseline, 77 main, 100 high, and so on. */
  readonly profileIdc: number;
  /** 31 for level 3.1. */
  readonly levelIdc: number;
  /** Of the picture that is shown, after cropping; in pixels. */
  readonly width: number;
  readonly height: number;
}

/** The longest SPS that is looked at. Real ones have some tens of bytes. */
const maxSpsBytes = 1024;

/** The largest picture that is decoded, so that no sender makes the decoder take memory without end. */
export const maxPicturePixels = 4096 * 2304;

/** Profiles whose SPS tells the chroma format and may hold scaling matrices (H.264 §7.3.2.1.1). */
const highProfiles = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/**
 * Reads a sequence parameter set (H.264 §7.3.2.1.1) as far as the picture's size.
 * @param nal the NAL unit with its first byte, without a start code
 * @throws H264Error for anything that is no SPS, or says what H.264 does not allow
 */
export function readSps(nal: Uint8Array): SpsInfo {
  if (nalType(nal) !== nalTypes.sps) throw new H264Error(`NAL unit type ${nalType(nal)} is no SPS`);
  if (nal.length > maxSpsBytes) throw new H264Error(`an SPS of ${nal.length} bytes is too long`);
  const bits = new BitReader(nal.subarray(1));
  const profileIdc = bits.bits(8);
  bits.bits(8);
  const levelIdc = bits.bits(8);
  const id = upTo(bits.unsigned(), 31, 'number of the SPS');

  const chromaFormat = highProfiles.has(profileIdc) ? readHighProfile(bits) : 1;
  bits.unsigned();
  skipPictureOrder(bits);
  upTo(bits.unsigned(), 16, 'number of reference frames');
  bits.flag();

  const widthInBlocks = upTo(bits.unsigned(), 1023, 'width') + 1;
  const heightInUnits = upTo(bits.unsigned(), 1023, 'height') + 1;
  const framesOnly = bits.flag();
  if (!framesOnly) bits.flag();
  bits.flag();
  const fieldFactor = framesOnly ? 1 : 2;
  const crop = bits.flag() ? readCrop(bits) : { horizontal: 0, vertical: 0 };

  const cropUnitX = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const cropUnitY = (chromaFormat === 1 ? 2 : 1) * fieldFactor;
  const width = widthInBlocks * 16 - crop.horizontal * cropUnitX;
  const height = heightInUnits * 16 * fieldFactor - crop.vertical * cropUnitY;
  if (width < 1 || height < 1) throw new H264Error('the SPS crops the picture away');
  return { id, profileIdc, levelIdc, width, height };
}

/** @returns a sentence where a picture is larger than any that is decoded, else `undefined` */
export function pictureSizeProblem({ width, height }: { width: number; height: number }): string | undefined {
  if (width * height <= maxPicturePixels) return undefined;
  return `a picture of ${width}x${height} is larger than ${maxPicturePixels} pixels`;
}

/** @returns the chroma format: 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4 */
function readHighProfile(bits: BitReader): number {
  const chromaFormat = upTo(bits.unsigned(), 3, 'chroma format');
  if (chromaFormat === 3) bits.flag();
  bits.unsigned();
  bits.unsigned();
  bits.flag();
  if (!bits.flag()) return chromaFormat;
  for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list += 1) {
    if (bits.flag()) skipScalingList(bits, list < 6 ? 16 : 64);
  }
  return chromaFormat;
}

/** H.264 §7.3.2.1.1.1. */
function skipScalingList(bits: BitReader, size: number): void {
  let next = 8;
  for (let i = 0; i < size && next !== 0; i += 1) next = (next + bits.signed() + 256) % 256;
}

function skipPictureOrder(bits: BitReader): void {
  const type = upTo(bits.unsigned(), 2, 'picture order count type');
  if (type === 0) bits.unsigned();
  if (type !== 1) return;
  bits.flag();
  bits.signed();
  bits.signed();
  const cycle = upTo(bits.unsigned(), 255, 'length of the picture order cycle');
  for (let i = 0; i < cycle; i += 1) bits.signed();
}

function readCrop(bits: BitReader): { horizontal: number; vertical: number } {
  const [left, right, top, bottom] = [bits.unsigned(), bits.unsigned(), bits.unsigned(), bits.unsigned()];
  return { horizontal: left + right, vertical: top + bottom };
}

function upTo(value: number, max: number, what: string): number {
  if (value <= max) return value;
  throw new H264Error(`the ${what}, ${value}, is larger than ${max}`);
}
