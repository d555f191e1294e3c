import type { Size } from '../../media/h264/i420.ts';
import { type Clips, makeClips } from './clips.ts';
import { emulator } from './emulator.ts';
import { ffmpeg } from './ffmpeg.ts';
import { holdSeconds, type VideoContender, type VideoCost, type VideoJob } from './job.ts';

/** What is to be measured. */
export interface VideoBenchOptions {
  /** Length of each measured stretch, in s. */
  readonly seconds: number;
  readonly rounds: number;
}

/** One size of the room, with the rounds of both contenders in order. */
export interface VideoFigure {
  readonly members: number;
  readonly memberSize: Size;
  readonly emulator: readonly VideoRound[];
  /** Empty where ffmpeg is not installed. */
  readonly ffmpeg: readonly VideoRound[];
}

/** A measured stretch. */
export interface VideoRound extends VideoCost {
  readonly cpuPerSecond: number;
}

const small = { width: 320, height: 180 };
const rooms: readonly { members: number; memberSize: Size }[] = [
  { members: 4, memberSize: small },
  { members: 9, memberSize: small },
  { members: 16, memberSize: small },
  { members: 16, memberSize: { width: 640, height: 360 } },
];
/** Decoders start and code is compiled before the measured stretch. */
const warmUpSeconds = 10;
const fps = 25;

/**
 * Measures all sizes, one contender right after the other, so that what disturbs the machine disturbs both.
 * @throws Error where one of them could not be measured
 */
export async function runVideoBench(
  { seconds, rounds }: VideoBenchOptions,
  withFfmpeg: boolean,
  say: (line: string) => void,
): Promise<VideoFigure[]> {
  const figures: VideoFigure[] = [];
  for (const { members, memberSize } of rooms) {
    const clips = await makeClips(members, memberSize, (warmUpSeconds + seconds + holdSeconds) * fps);
    try {
      figures.push(await measureRoom(clips, memberSize, { seconds, rounds }, withFfmpeg, say));
    } finally {
      await clips.remove();
    }
  }
  return figures;
}

async function measureRoom(
  { files }: Clips,
  memberSize: Size,
  { seconds, rounds }: VideoBenchOptions,
  withFfmpeg: boolean,
  say: (line: string) => void,
): Promise<VideoFigure> {
  const figure = {
    members: files.length,
    memberSize,
    emulator: [] as VideoRound[],
    ffmpeg: [] as VideoRound[],
  };
  const job = { files, memberSize, warmUpSeconds, seconds };
  for (let round = 1; round <= rounds; round += 1) {
    for (const contender of withFfmpeg ? [emulator, ffmpeg] : [emulator]) {
      const result = await measure(contender, job);
      figure[contender.id].push(result);
      const room = `${files.length} of ${memberSize.width}x${memberSize.height}`;
      say(`round ${round}/${rounds}  ${room}  ${contender.id}: ${result.cpuPerSecond.toFixed(3)}`);
    }
  }
  return figure;
}

async function measure(contender: VideoContender, job: VideoJob): Promise<VideoRound> {
  const cost = await contender.measure(job);
  const expected = job.seconds * fps;
  if (cost.frames !== expected) {
    throw new Error(`${contender.id} made ${cost.frames} pictures instead of ${expected}`);
  }
  return { ...cost, cpuPerSecond: cost.cpuSeconds / job.seconds };
}
