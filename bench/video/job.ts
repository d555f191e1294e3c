import type { Size } from '../../media/h264/i420.ts';

/** What is measured: a room of this size. */
export interface VideoJob {
  /** H.264 byte streams, one of each member; at least `warmUpSeconds + seconds` long. */
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
  /**
   * How long the thread that mixes the sound was held up at one go, in ms; where there is such a thread. The
   * longest one includes what other processes took away in between.
   */
  readonly holdMs?: { readonly p99: number; readonly longest: number };
}

/** Something that makes the picture, and is measured. */
export interface VideoContender {
  readonly id: 'emulator' | 'ffmpeg';
  /** @throws Error where it could not be measured; the message says why */
  measure(job: VideoJob): Promise<VideoCost>;
}
