import { type Command, InvalidArgumentError } from 'commander';
import { parseReporterNames, type ReporterName } from './reporters/names.ts';

interface CliOptions {
  readonly target?: string;
  readonly filter: readonly string[];
  readonly exclude: readonly string[];
  readonly list?: boolean;
  readonly reporter: readonly ReporterName[];
  readonly out: string;
  readonly bail?: boolean;
  readonly seed?: number;
}

/** Adds `mosaic2 conformance` to the command line. */
export function addConformanceCommand(program: Command): void {
  program
    .command('conformance')
    .description('measure whether a server mixes as documented; without a target, an emulator of its own')
    .option('--target <url>', 'a server that runs: http://user:pass@host[:port], the pair of edit_auth')
    .option('--filter <glob>', 'only clauses with such ids; may be repeated', collect, [])
    .option('--exclude <glob>', 'no clauses with such ids; may be repeated', collect, [])
    .option('--list', 'list the clauses and end')
    .option(
      '--reporter <names>',
      'console, html, junit, ctrf, json, markdown',
      parseReporters,
      defaultReporters,
    )
    .option('--out <dir>', 'where reports go', 'reports')
    .option('--bail', 'stop at the first clause that fails')
    .option('--seed <n>', 'repeat a run with the same sound', parseSeed)
    .action(async (options: CliOptions) => {
      process.exitCode = await run(options);
    });
}

const defaultReporters: readonly ReporterName[] = ['console', 'html', 'junit', 'ctrf', 'json', 'markdown'];

/** @returns the exit code: 0 nothing failed, 1 something failed, 2 the run could not be made */
async function run(options: CliOptions): Promise<number> {
  const suite = await import('./index.ts');
  if (options.list) {
    for (const { id, level, title } of suite.catalogue)
      console.log(`${id.padEnd(38)} ${level.padEnd(16)} ${title}`);
    return 0;
  }
  const [{ createConsoleReporter }, { writeReports }, { isFileReporter }, { countVerdicts }] =
    await Promise.all([
      import('./reporters/console.ts'),
      import('./reporters/write.ts'),
      import('./reporters/names.ts'),
      import('./report.ts'),
    ]);
  const console_ = options.reporter.includes('console') ? createConsoleReporter() : undefined;
  const abort = abortOnSignals();
  let target: import('./index.ts').Target | undefined;
  try {
    target =
      options.target === undefined ? await suite.startEmbeddedTarget() : suite.urlTarget(options.target);
    const report = await suite.runConformance({
      target,
      selection: options,
      reporters: console_ === undefined ? [] : [console_],
      bail: options.bail ?? false,
      signal: abort,
      ...(options.seed === undefined ? {} : { seed: options.seed }),
    });
    const written = await writeReports(report, options.out, options.reporter.filter(isFileReporter));
    console_?.reportsWritten(written);
    if (abort.aborted) return 2;
    const { fail, error } = countVerdicts(report.results);
    return fail + error > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof suite.TargetError || error instanceof suite.EmptySelectionError)) throw error;
    console.error(error.message);
    return 2;
  } finally {
    console_?.stop();
    await target?.close();
  }
}

/** The first Ctrl-C ends the run in order, the second at once. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    controller.abort();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return controller.signal;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed < 2 ** 31) return seed;
  throw new InvalidArgumentError('A seed is a whole number below 2147483648.');
}

function parseReporters(text: string): readonly ReporterName[] {
  try {
    return parseReporterNames(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
