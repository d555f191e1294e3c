import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { runSensitivity } from './run.ts';
import { type SensitivityRow, sensitivityTable } from './table.ts';

interface CliOptions {
  readonly trials: number;
  readonly out?: string;
}

const plan = {
  members: [3, 5],
  bitratesKbps: [16, 64, 128],
  losses: [0, 0.05],
  leaksDb: [-20, -30, -40, -45, -48, -50, -55, -60],
};

const heading = `# How soft a voice the suite finds

A member hears itself, that much softer than the others hear it: how often do the clauses
\`audio.minus-self.*\` on tones say so? And how often do they say it of a member who does not? Voices came
through Opus at 64 kbit/s, the mix through Opus at the bit rate of the table, and both ways lost packets as the
table says (concealed by the server, silent for the listener). Every trial has other voices, phases and losses.
What the clauses call a leak lies above -50 dB.

Made by \`npm run bench -- sensitivity --out docs/sensitivity.md\`, a quarter of an hour.
`;

/** Adds `bench sensitivity` to the command line. */
export function addSensitivityBench(program: Command): void {
  program
    .command('sensitivity')
    .description(
      'how soft a leak of the own voice the suite finds, and how often it finds one that is not there',
    )
    .option('--trials <n>', 'how often each is tried', parseTrials, 100)
    .option('--out <file>', 'write the table to a Markdown file too')
    .action(run);
}

async function run({ trials, out }: CliOptions): Promise<void> {
  const rows: SensitivityRow[] = [];
  for (const row of runSensitivity({ ...plan, trials })) {
    rows.push(row);
    console.error(`${row.members} members, ${row.bitrateKbps} kbit/s, ${100 * row.loss} % lost`);
  }
  const table = sensitivityTable(rows);
  console.log(table);
  if (out !== undefined) await writeFile(out, `${heading}\n${table}\n`);
}

function parseTrials(text: string): number {
  const trials = Number(text);
  if (Number.isInteger(trials) && trials >= 1 && trials <= 10_000) return trials;
  throw new InvalidArgumentError('Expected a whole number from 1 to 10000.');
}
