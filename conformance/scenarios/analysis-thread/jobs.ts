import { type PictureClipOptions, pictureClip } from '../../bots/picture-clip.ts';
import type { Clip } from '../../bots/process/messages.ts';
import { mouthToMix } from '../delay.ts';
import { outlineOf } from '../picture-outline.ts';
import { steadyLevels } from '../steady-levels.ts';

/** What is computed on a thread of its own: what takes seconds, and needs only what can be copied. */
export const jobs = { mouthToMix, outlineOf, pictureClips, steadyLevels };

function pictureClips(all: readonly PictureClipOptions[]): Promise<Clip[]> {
  return Promise.all(all.map(pictureClip));
}

export type Jobs = typeof jobs;

/** A job with what it is called with. */
export interface JobCall<Name extends keyof Jobs = keyof Jobs> {
  readonly name: Name;
  readonly args: Parameters<Jobs[Name]>;
}
