import { type Command, InvalidArgumentError } from 'commander';
import { parseReporterNames, type ReporterName } from './reporters/names.ts';
import { parsePatterns } from './run/select.ts';
import { stopSignal } from './run/stop-signal.ts';

interface CliOptions {
  readonly target?: string;
  readonly insecure?: boolean;
  readonly filter: readonly string[];
  readonly exclude: readonly string[];
  readonly list?: boolean;
  readonly json?: boolean;
  readonly reporter: readonly ReporterName[];
  readonly out: string;
  readonly bail?: boolean;
  readonly seed?: number;
  readonly known?: string;
  readonly allowFlaky?: boolean;
}

/** Adds `mosaic2 conformance` to the command line. */
export function addConformanceCommand(program: Command): void {
  program
    .command('conformance')
    .description('measure whether a server mixes as documented; without a target, an emulator of its own')
    .option('--target <url>', 'a server that runs: http://user:pass@host[:port], the pair of edit_auth')
    .option('--insecure', 'take any certificate of the target, such as a self-signed one')
    .option(
      '--filter <globs>',
      'only clauses with such ids, as audio.*,api.stat; may be repeated',
      collect,
      [],
    )
    .option('--exclude <globs>', 'no clauses with such ids; may be repeated', collect, [])
    .option('--list', 'list the clauses that would run with their level and needs, and end')
    .option('--json', 'with --list: all that the clauses say of themselves, as JSON')
    .option(
      '--reporter <names>',
      'console, html, junit, ctrf, json, markdown',
      parseReporters,
      defaultReporters,
    )
    .option('--out <dir>', 'where reports go', 'reports')
    .option('--bail', 'stop at the first clause that fails')
    .option('--seed <n>', 'repeat a run with the same sound', parseSeed)
    .option('--known <file>', 'JSON list of failures that are known, each with an id and a reason')
    .option('--allow-flaky', 'what passes only when tried again counts as passed')
    .action(async (options: CliOptions) => {
      process.exitCode = await run(options);
    });
}

const defaultReporters: readonly ReporterName[] = ['console', 'html', 'junit', 'ctrf', 'json', 'markdown'];

/** @returns the exit code: 0 nothing failed, 1 something failed, 2 the run could not be made, or was ended early */
async function run(options: CliOptions): Promise<number> {
  if (options.json && !options.list) {
    console.error('--json goes with --list; a run writes report.json by --reporter json');
    return 2;
  }
  const suite = await import('./index.ts');
  const signal = stopSignal();
  try {
    const selected = suite.selectClauses(suite.catalogue, options);
    if (!options.list) return await measure(options, suite, signal);
    const { listClauses, listClausesAsJson } = await import('./catalogue/list.ts');
    console.log(options.json ? listClausesAsJson(selected) : listClauses(selected));
    return 0;
  } catch (error) {
    const expected = [suite.TargetError, suite.EmptySelectionError, suite.OutputError, suite.KnownFileError];
    if (!expected.some((kind) => error instanceof kind)) throw error;
    console.error(signal.aborted ? 'ended before anything was measured' : (error as Error).message);
    return 2;
  } finally {
    // What a clause has left running keeps no process alive; a slow reader of the list does.
    if (!options.list) setTimeout(() => process.exit(), lingerMs).unref();
  }
}

const lingerMs = 2000;

async function measure(
  options: CliOptions,
  suite: typeof import('./index.ts'),
  signal: AbortSignal,
): Promise<number> {
  const [{ createConsoleReporter }, { writeReports }, { isFileReporter }] = await Promise.all([
    import('./reporters/console.ts'),
    import('./reporters/write.ts'),
    import('./reporters/names.ts'),
  ]);
  const ids = suite.catalogue.map(({ id }) => id);
  const known = options.known === undefined ? [] : await suite.readKnownFile(options.known, ids);
  const files = options.reporter.filter(isFileReporter);
  const console_ = options.reporter.includes('console') ? createConsoleReporter() : undefined;
  let target: import('./index.ts').Target | undefined;
  try {
    if (files.length > 0) await suite.prepareOutputFolder(options.out);
    target =
      options.target === undefined
        ? await suite.startEmbeddedTarget()
        : suite.urlTarget(options.target, { insecure: options.insecure });
    const report = await suite.runConformance({
      target,
      selection: options,
      reporters: console_ === undefined ? [] : [console_],
      bail: options.bail ?? false,
      signal,
      known,
      allowFlaky: options.allowFlaky ?? false,
      ...(options.seed === undefined ? {} : { seed: options.seed }),
    });
    const written = await writeReports(report, options.out, files).catch((error: unknown) => {
      throw suite.outputError(options.out, error);
    });
    console_?.reportsWritten(written);
    return signal.aborted ? 2 : suite.reportExitCode(report);
  } finally {
    console_?.stop();
    await target?.close();
  }
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, ...parsePatterns(value)];
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
