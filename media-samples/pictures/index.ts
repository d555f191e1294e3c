import { existsSync, readFileSync } from 'node:fs';
import { clips } from './clips.ts';

/** What stands beside a clip's byte stream. */
export interface ClipFile {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Number in the coded patch. */
  readonly bot: number;
  /** Length of each access unit, in order. */
  readonly bytes: readonly number[];
  /** Which of them are keyframes, from 0. */
  readonly keyframes: readonly number[];
}

/** One short moving clip, ready to be sent and to be found again. */
export interface PictureClip {
  /** What it shows and its shape: `balls-4x3`. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Pictures per second; not always a whole number. */
  readonly fps: number;
  /** Bot number in the coded patch, 56 and more. The colour of that bot is not in the picture. */
  readonly bot: number;
  /**
   * Access units, Annex B, constrained baseline, no B-frames: sent round and round as they are. The first is a
   * keyframe, and one every second. The patch of picture n says frame n, so numbers start anew with each round.
   */
  readonly pictures: readonly { readonly data: Buffer; readonly keyframe: boolean }[];
}

/** How many clips there are. */
export const pictureClipCount = clips.length;

/**
 * Loads one of the clips.
 * @param index from 0 to `pictureClipCount - 1`
 * @throws RangeError where there is no such clip, Error where its files do not belong together
 */
export function loadPicture(index: number): PictureClip {
  const clip = clips[index];
  if (clip === undefined) {
    throw new RangeError(`loadPicture: clip ${index} is not 0 to ${pictureClipCount - 1}`);
  }
  const stream = readFileSync(fileOf(`${clip.name}.h264`));
  const file: ClipFile = JSON.parse(readFileSync(fileOf(`${clip.name}.json`), 'utf8'));
  const { name, width, height, fps, bot } = file;
  let at = 0;
  const pictures = file.bytes.map((length, n) => {
    const data = stream.subarray(at, at + length);
    at += length;
    return { data, keyframe: file.keyframes.includes(n) };
  });
  if (at !== stream.length) {
    throw new Error(`loadPicture: ${name}.json tells of ${at} bytes, ${name}.h264 has ${stream.length}`);
  }
  return { name, width, height, fps, bot, pictures };
}

/** The clips stand beside the sources; the built files are one folder deeper. */
function fileOf(name: string): URL {
  const beside = new URL(name, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../../../media-samples/pictures/${name}`, import.meta.url);
}
