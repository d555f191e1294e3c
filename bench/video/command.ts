import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { machineFacts, machineLine } from '../machine.ts';
import { ffmpegVersion } from './ffmpeg.ts';
import { runVideoBench, type VideoBenchOptions } from './run.ts';
import { videoNotes, videoTable } from './table.ts';

interface CliOptions extends VideoBenchOptions {
  readonly json?: string;
}

/** Adds `bench video` to the command line. */
export function addVideoBench(program: Command): void {
  program
    .command('video')
    .description('CPU seconds per second of the room’s picture, beside FFmpeg’s xstack')
    .option('--seconds <s>', 'length of each measured stretch', parseSeconds, 8)
    .option('--rounds <n>', 'how often all is measured; medians are printed', parseRounds, 3)
    .option('--json <file>', 'write all figures to a file too')
    .action(run);
}

async function run(options: CliOptions): Promise<void> {
  const machine = machineFacts();
  const { seconds, rounds } = options;
  const version = ffmpegVersion();
  console.log('CPU seconds per second of picture: N members to one 1280x720 at 25 pictures per second');
  console.log('x264 ultrafast, zerolatency, constrained baseline, 1500 kbit/s, one thread');
  console.log(`${machineLine(machine)}; medians of ${rounds} × ${seconds} s`);
  console.log(version === undefined ? 'ffmpeg is not installed\n' : `beside ffmpeg ${version}\n`);

  const startedAt = new Date().toISOString();
  const figures = await runVideoBench(options, version !== undefined, (line) => console.error(line));
  console.log(`\n${videoTable(figures)}\n`);
  for (const note of videoNotes(figures)) console.log(note);
  if (options.json === undefined) return;
  const report = {
    benchmark: 'video',
    startedAt,
    machine,
    ffmpeg: version,
    options: { seconds, rounds },
    figures,
  };
  await writeFile(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= 60) return seconds;
  throw new InvalidArgumentError('Expected 1 to 60 seconds.');
}

function parseRounds(text: string): number {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= 1 && rounds <= 100) return rounds;
  throw new InvalidArgumentError('Expected a whole number from 1 to 100.');
}
