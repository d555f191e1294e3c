import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { runJob } from '../child.ts';
import { sensitivityPage } from './page.ts';
import { publishedTrials, sensitivityPlan } from './plan.ts';
import { type RowJob, rowJobs } from './run.ts';
import { readSensitivityTable, type SensitivityRow, sensitivityTable } from './table.ts';

interface CliOptions {
  readonly trials: number;
  readonly jobs: number;
  readonly out?: string;
  readonly anew?: true;
}

/** Adds `bench sensitivity` to the command line. */
export function addSensitivityBench(program: Command): void {
  program
    .command('sensitivity')
    .description(
      'how soft a leak of the own voice the suite finds, and how often it finds one that is not there',
    )
    .option('--trials <n>', 'how often each is tried', wholeNumber(10_000), publishedTrials)
    .option('--jobs <n>', 'processes that try at the same time', wholeNumber(64), 1)
    .option('--out <file>', 'write the page after each row, and go on from the rows it has')
    .option('--anew', 'try again what the page has')
    .action(run);
}

async function run({ trials, jobs, out, anew }: CliOptions): Promise<void> {
  const plan = rowJobs({ ...sensitivityPlan, trials });
  const kept =
    out === undefined || anew || !existsSync(out) ? [] : readSensitivityTable(readFileSync(out, 'utf8'));
  const rows = plan.map((job) => kept.find((row) => isRowOf(row, job)));
  const missing = plan.flatMap((job, at) => (rows[at] === undefined ? [{ job, at }] : []));
  const made = () => rows.filter((row) => row !== undefined);

  const work = async (): Promise<void> => {
    for (let next = missing.shift(); next !== undefined; next = missing.shift()) {
      const { job, at } = next;
      rows[at] = await runJob<SensitivityRow>(new URL('./row-process.ts', import.meta.url), 'the trial', job);
      console.error(`${job.members} members, ${job.bitrateKbps} kbit/s, ${100 * job.loss} % lost`);
      if (out !== undefined) writeFileSync(out, sensitivityPage(made()));
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));

  console.log(sensitivityTable(made()));
  // Also where nothing was missing: the words around the rows may have changed.
  if (out !== undefined) writeFileSync(out, sensitivityPage(made()));
}

function isRowOf(row: SensitivityRow, job: RowJob): boolean {
  return (
    row.members === job.members &&
    row.bitrateKbps === job.bitrateKbps &&
    row.loss === job.loss &&
    row.trials === job.trials &&
    row.found.map(({ leakDb }) => leakDb).join() === job.leaksDb.join()
  );
}

function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${most}.`);
  };
}
