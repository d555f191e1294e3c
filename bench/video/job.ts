import type { Size } from '../../media/h264/i420.ts';

/** After the measured stretch, so long is watched how the thread that mixes the sound is held up. */
export const holdSeconds = 2;

/** What is measured: a room of this size. */
export interface VideoJob {
  /** H.264 byte streams, one of each member; at least `warmUpSeconds + seconds + holdSeconds` long. */
  readonly files: readonly string[];
  readonly memberSize: Size;
  readonly warmUpSeconds: number;
  /** Length of the measured stretch of the output. */
  readonly seconds: number;
}

/** What it cost. */
export interface VideoCost {
  readonly cpuSeconds: number;
  readonly frames: number;
  readonly bytes: number;
  /** The longest work at one go on the thread that mixes the sound, in CPU ms; where there is such a thread. */
  readonly longestHoldMs?: number;
}

/** Something that makes the picture, and is measured. */
export interface VideoContender {
  readonly id: 'emulator' | 'ffmpeg';
  /** @throws Error where it could not be measured; the message says why */
  measure(job: VideoJob): Promise<VideoCost>;
}
