import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { machineFacts, machineLine } from '../machine.ts';
import { testingLines } from './lines.ts';
import { runTestingBench, type TestingBenchOptions } from './run.ts';

interface CliOptions extends TestingBenchOptions {
  readonly json?: string;
}

/** Adds `bench testing` to the command line. */
export function addTestingBench(program: Command): void {
  program
    .command('testing')
    .description('how long a test with an emulator takes to be heard, and what fifty emulators leave behind')
    .option('--rounds <n>', 'how often a first test is made', parseCount, 5)
    .option('--count <n>', 'emulators one after the other in one process', parseCount, 50)
    .option('--json <file>', 'write all figures to a file too')
    .action(run);
}

async function run({ json, ...options }: CliOptions): Promise<void> {
  const machine = machineFacts();
  console.log(`${machineLine(machine)}; medians of ${options.rounds}`);
  const figures = await runTestingBench(options);
  for (const line of testingLines(figures)) console.log(line);
  if (json === undefined) return;
  await writeFile(
    json,
    `${JSON.stringify({ benchmark: 'testing', machine, options, figures }, undefined, 2)}\n`,
  );
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError('Expected a whole number from 1 to 1000.');
}
