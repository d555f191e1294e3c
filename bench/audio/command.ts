import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { defaultProfile } from '../../emulator/profile.ts';
import { machineFacts, machineLine } from '../machine.ts';
import { type ContenderId, contenderIds } from './contender.ts';
import { field } from './contenders/index.ts';
import { type AudioBenchOptions, runAudioBench } from './run.ts';
import { figureOf } from './summary.ts';
import { audioNotes, audioTable, formatCpu } from './table.ts';

interface CliOptions extends AudioBenchOptions {
  readonly only?: readonly ContenderId[];
  readonly json?: string;
}

/** Adds `bench audio` to the command line. */
export function addAudioBench(program: Command): void {
  program
    .command('audio')
    .description('CPU seconds per participant-second of the room mixer, everybody talking, beside its peers')
    .option('--members <list>', 'sizes of the room', parseMembers, [10, 20, 40])
    .option('--seconds <s>', 'length of each measured stretch', parseSeconds, 5)
    .option('--rounds <n>', 'how often all is measured; medians are printed', parseRounds, 3)
    .option('--only <names>', contenderIds.join(', '), parseContenders)
    .option('--json <file>', 'write all figures to a file too')
    .action(run);
}

async function run(options: CliOptions): Promise<void> {
  const machine = machineFacts();
  const { seconds, rounds } = options;
  console.log('CPU seconds per participant-second: everybody talks, and gets everybody else mixed');
  console.log('Opus in, minus-self Opus out, 20 ms, 64 kbit/s');
  console.log(`${machineLine(machine)}; medians of ${rounds} × ${seconds} s\n`);

  const { contenders, missing } = field(options.only);
  const startedAt = new Date().toISOString();
  const cells = await runAudioBench(contenders, options, (round, members, { title }, result) => {
    const figure = 'error' in result ? result.error : formatCpu(result.cpuPerParticipantSecond);
    const problem = 'problem' in result ? ` (invalid: ${result.problem})` : '';
    console.error(`round ${round}/${rounds}  N=${members}  ${title}: ${figure}${problem}`);
  });
  const figures = cells.map((cell) => figureOf(cell, contenders.find(({ id }) => id === cell.contender)!));

  console.log(`\n${audioTable(contenders, figures)}\n`);
  for (const note of [...audioNotes(contenders, figures), ...missing]) console.log(note);
  if (options.json === undefined) return;
  const { members } = options;
  const report = { benchmark: 'audio', startedAt, machine, options: { members, seconds, rounds } };
  await writeFile(options.json, `${JSON.stringify({ ...report, figures, cells }, undefined, 2)}\n`);
}

/** @throws InvalidArgumentError for anything but whole numbers that a room takes */
export function parseMembers(text: string): readonly number[] {
  const most = defaultProfile.rooms.maxMembers;
  const members = text.split(',').map(Number);
  if (members.every((count) => Number.isInteger(count) && count >= 2 && count <= most)) {
    return [...new Set(members)];
  }
  throw new InvalidArgumentError(`Expected whole numbers from 2 to ${most}, such as 10,20,40.`);
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= 600) return seconds;
  throw new InvalidArgumentError('Expected 1 to 600 seconds.');
}

function parseRounds(text: string): number {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= 1 && rounds <= 100) return rounds;
  throw new InvalidArgumentError('Expected a whole number from 1 to 100.');
}

function parseContenders(text: string): readonly ContenderId[] {
  const names = text.split(',');
  const known = names.filter((name): name is ContenderId => contenderIds.some((id) => id === name));
  if (known.length === names.length) return known;
  throw new InvalidArgumentError(`Expected some of ${contenderIds.join(', ')}, separated by commas.`);
}
