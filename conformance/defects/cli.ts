import { setMaxListeners } from 'node:events';
import type { Command } from 'commander';
import { collectPatterns, parseJobs, parseSeed } from '../option-values.ts';
import { matches } from '../run/select.ts';
import { stopSignal } from '../run/stop-signal.ts';
import type { DefectName } from './index.ts';
import type { Proof } from './proof.ts';

interface CliOptions {
  readonly filter: readonly string[];
  readonly json?: boolean;
  readonly seed: number;
  readonly jobs: number;
}

/** Adds `mosaic2 conformance-defects` to the command line. */
export function addDefectsCommand(program: Command): void {
  program
    .command('conformance-defects')
    .description('show that the suite catches what it claims: it is run on emulators with one mistake each')
    .option(
      '--filter <globs>',
      'only defects with such names, or caught by clauses with such ids',
      collectPatterns,
      [],
    )
    .option('--json', 'what came of each defect as JSON, when all are done')
    .option('--seed <n>', 'send other sound', parseSeed, 1)
    .option('--jobs <n>', 'how many that are measured are looked at side by side', parseJobs, 1)
    .action(async (options: CliOptions) => {
      process.exitCode = await run(options);
    });
}

/** Defects that show in answers alone disturb nobody: so many are looked at side by side. */
const sideBySide = 3;

/** @returns the exit code: 0 all are caught, 1 one is not, or the sound emulator failed once, 2 it could not be done */
async function run({ filter, json = false, seed, jobs }: CliOptions): Promise<number> {
  const [{ defects }, { needsNoMedia, proveDefect, proveSound }, { ProofTable, soundLines, summaryLine }] =
    await Promise.all([import('./index.ts'), import('./prove.ts'), import('./proof-lines.ts')]);
  const names = (Object.keys(defects) as DefectName[]).filter((name) =>
    isSelected(filter, [name, ...defects[name].caughtBy]),
  );
  if (names.length === 0) {
    console.error(`no defect is called ${filter.join(' or ')}; the names are in conformance/defects`);
    return 2;
  }
  const table = new ProofTable(names);
  const say = (line: string) => void (json || console.log(line));
  // Where one cannot be looked at, the others need not be.
  const ending = new AbortController();
  const stopped = stopSignal();
  const options = { seed, signal: AbortSignal.any([stopped, ending.signal]) };
  // Several runs at a time listen to it, each with several calls.
  setMaxListeners(0, options.signal);
  const proofs: Proof[] = [];
  const prove = async (queue: DefectName[]) => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const proof = await proveDefect(name, options);
      proofs.push(proof);
      for (const line of table.lines(proof)) say(line);
    }
  };
  try {
    const sound = await proveSound(names, options);
    for (const line of soundLines(sound)) console.error(line);
    say(table.header);
    const quick = names.filter(needsNoMedia);
    await Promise.all(Array.from({ length: sideBySide }, () => prove(quick)));
    const others = names.filter((name) => !needsNoMedia(name));
    await Promise.all(Array.from({ length: jobs }, () => prove(others)));
    if (json) {
      const wrong = sound.wrong.map(({ clause, verdict, actual, reason }) => {
        return { clause: clause.id, verdict, actual, reason };
      });
      const { flaky } = sound;
      console.log(JSON.stringify({ soundEmulator: { wrong, flaky }, defects: proofs }, null, 2));
    }
    say(summaryLine(proofs));
    const isSound = sound.wrong.length === 0 && sound.flaky.length === 0;
    return isSound && proofs.every(({ holds }) => holds) ? 0 : 1;
  } catch (error) {
    console.error(stopped.aborted ? 'ended early' : (error as Error).message);
    ending.abort();
    return 2;
  } finally {
    // What a clause has left running keeps no process alive; a slow reader of the table does.
    setTimeout(() => process.exit(), lingerMs).unref();
  }
}

const lingerMs = 2000;

function isSelected(filter: readonly string[], names: readonly string[]): boolean {
  return filter.length === 0 || names.some((name) => filter.some((pattern) => matches(name, pattern)));
}
