import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { defaultProfile } from '../../emulator/profile.ts';
import { gridCells } from '../../emulator/video/grid.ts';
import type { VideoContender, VideoJob } from './job.ts';

const { canvasWidth, canvasHeight, fps, bitrateKbps } = defaultProfile.video;

/** @returns its version, or `undefined` where it is not installed */
export function ffmpegVersion(): string | undefined {
  try {
    return /ffmpeg version (\S+)/.exec(execFileSync('ffmpeg', ['-version'], { encoding: 'utf8' }))?.[1];
  } catch {
    return undefined;
  }
}

/**
 * FFmpeg's `xstack` filter with the same cells, the same way to scale and the same settings of x264. What it
 * costs to start is taken off, by a second and shorter run.
 */
export const ffmpeg: VideoContender = {
  id: 'ffmpeg',
  async measure(job) {
    const short = await encode(job, job.warmUpSeconds);
    const long = await encode(job, job.warmUpSeconds + job.seconds);
    return {
      cpuSeconds: long.cpuSeconds - short.cpuSeconds,
      frames: long.frames - short.frames,
      bytes: long.bytes - short.bytes,
    };
  },
};

async function encode(
  job: VideoJob,
  seconds: number,
): Promise<{ cpuSeconds: number; frames: number; bytes: number }> {
  const inputs = job.files.flatMap((file) => [
    '-threads',
    '1',
    '-f',
    'h264',
    '-framerate',
    `${fps}`,
    '-i',
    file,
  ]);
  const { stderr } = await promisify(execFile)(
    'ffmpeg',
    [
      ...['-hide_banner', '-nostdin', '-benchmark', '-filter_complex_threads', '1'],
      ...inputs,
      ...['-filter_complex', filterGraph(job), '-map', '[out]', '-frames:v', `${Math.round(seconds * fps)}`],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-threads', '1'],
      ...['-profile:v', 'baseline', '-level', '3.1', '-bf', '0', '-g', `${2 * fps}`],
      ...['-b:v', `${bitrateKbps}k`, '-maxrate', `${1.5 * bitrateKbps}k`, '-bufsize', `${bitrateKbps}k`],
      ...['-f', 'h264', '-y', '/dev/null'],
    ],
    { maxBuffer: 2 ** 24 },
  );
  const times = /utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr);
  const frames = [...stderr.matchAll(/frame=\s*(\d+)/g)].at(-1);
  const kilobytes = /video:(\d+)[kK]i?B/.exec(stderr);
  if (times === null || frames === undefined || kilobytes === null) {
    throw new Error(`ffmpeg did not say what it cost: ${stderr.slice(-300)}`);
  }
  return {
    cpuSeconds: Number(times[1]) + Number(times[2]),
    frames: Number(frames[1]),
    bytes: Number(kilobytes[1]) * 1024,
  };
}

function filterGraph({ files }: VideoJob): string {
  const cells = gridCells(files.length, defaultProfile.video);
  const scaled = cells.map(
    ({ width, height }, i) => `[${i}:v]scale=${width}:${height}:flags=bilinear[v${i}]`,
  );
  const layout = cells.map(({ x, y }) => `${x}_${y}`).join('|');
  const all = cells.map((_, i) => `[v${i}]`).join('');
  const size = `scale=${canvasWidth}:${canvasHeight}:flags=bilinear`;
  // Cells cover the whole canvas where the grid is full, and it then has the canvas's size already.
  return [...scaled, `${all}xstack=inputs=${files.length}:layout=${layout}:fill=black,${size}[out]`].join(
    ';',
  );
}
