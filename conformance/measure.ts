import type { SignallingWish } from './bots/process/messages.ts';
import { matrixOf, type TargetRun } from './compare/matrix.ts';
import {
  catalogue,
  type ExpectedProfile,
  type KnownFailure,
  outputError,
  prepareOutputFolder,
  type Report,
  readKnownFile,
  readProfileFile,
  reportExitCode,
  runConformance,
  type Shard,
  startEmbeddedTarget,
  type Target,
  TargetError,
  urlTarget,
} from './index.ts';
import { prepareTarget } from './preflight/prepare-target.ts';
import { createConsoleReporter } from './reporters/console.ts';
import { paintFor } from './reporters/console-paint.ts';
import { matrixLines } from './reporters/matrix/console.ts';
import { targetFolderName, writeMatrix } from './reporters/matrix/write.ts';
import { isFileReporter, type ReporterName } from './reporters/names.ts';
import { writeReports } from './reporters/write.ts';
import type { Selection } from './run/select.ts';

/** What the command line says about a run. */
export interface MeasureOptions extends Selection {
  /** URLs, or `emulator` for one that is started for the run; none: that as well. */
  readonly target: readonly string[];
  readonly insecure?: boolean;
  /** How bots agree on their sessions; default `auto`. */
  readonly signalling?: SignallingWish;
  /** A TURN server that the bots’ media goes through. */
  readonly turn?: string;
  readonly reporter: readonly ReporterName[];
  readonly out: string;
  readonly bail?: boolean;
  readonly seed?: number;
  readonly known?: string;
  readonly allowFlaky?: boolean;
  readonly shard?: Shard;
  /** Configured rooms with a picture, of a server that runs already. */
  readonly room?: readonly string[];
  /** Stands before all names that are made there. */
  readonly prefix?: string;
  readonly provision?: boolean;
  readonly cleanup?: boolean;
  /** Only look what the servers have and lack. */
  readonly preflight?: boolean;
  /** Seconds for one clause. */
  readonly timeout?: number;
  /** A profile file that judges what is otherwise observed. */
  readonly profile?: string;
}

/** By what results are judged, beside the documentation. */
interface Judging {
  readonly known: readonly KnownFailure[];
  readonly profile: ExpectedProfile | undefined;
}

/** Makes a target ready; a server that runs already only gets a name. */
type StartTarget = (signal: AbortSignal) => Promise<Target>;

/**
 * Runs the suite against one target, or against several one after the other, and writes what came of it.
 * @returns the exit code: 0 nothing failed, 1 something failed, 2 a run was not made or was ended early; of several
 *   targets the highest
 * @throws TargetError, EmptySelectionError, ShardError, KnownFileError, ProfileFileError, OutputError where no run can be made
 */
export async function measure(options: MeasureOptions, signal: AbortSignal): Promise<number> {
  const ids = catalogue.map(({ id }) => id);
  const judging: Judging = {
    known: options.known === undefined ? [] : await readKnownFile(options.known, ids),
    profile: options.profile === undefined ? undefined : await readProfileFile(options.profile),
  };
  const targets = startsOf(options);
  if (options.reporter.some(isFileReporter)) await prepareOutputFolder(options.out);
  if (targets.length > 1) return measureAll(targets, options, judging, signal);
  const { report, written } = await measureOne(targets[0]!, options, judging, signal);
  written(await writing(options.out, writeReports(report, options.out, options.reporter)));
  return signal.aborted ? 2 : reportExitCode(report);
}

function startsOf(options: MeasureOptions): StartTarget[] {
  const { target, insecure, signalling, turn, room, prefix, provision, cleanup, reporter } = options;
  const names = target.length === 0 ? ['emulator'] : target;
  const forServers = { turn, room, prefix, provision, cleanup, preflight: options.preflight };
  const needless = Object.entries(forServers).find(([, value]) => value !== undefined);
  if (needless !== undefined && names.every((name) => name === 'emulator')) {
    throw new TargetError(`--${needless[0]} is for a server that runs already: name it by --target`);
  }
  if (provision && room !== undefined) {
    throw new TargetError('--provision makes rooms with a picture, and --room names one: give either');
  }
  const say =
    reporter.includes('console') || options.preflight ? (line: string) => console.log(line) : undefined;
  return names.map((name) => {
    // Ours has both: nothing is to be found out.
    const own = signalling === 'websocket' ? { signalling } : {};
    if (name === 'emulator') return () => startEmbeddedTarget(undefined, own);
    const server = urlTarget(name, { insecure, signalling, turn, rooms: room, prefix });
    return (signal) => prepareTarget(server, { provision, cleanup, say }, signal);
  });
}

/**
 * Says what each server is and lacks, and measures nothing.
 * @returns the exit code: 0, or 2 where one cannot be measured, which does not keep the others from being looked at
 * @throws TargetError where what was asked for cannot be
 */
export async function lookOnly(options: MeasureOptions, signal: AbortSignal): Promise<number> {
  let code = 0;
  for (const start of startsOf({ ...options, preflight: true })) {
    if (signal.aborted) break;
    try {
      await (await start(signal)).close();
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      console.error(error.message);
      code = 2;
    }
  }
  return signal.aborted ? 2 : code;
}

/** Against several targets with one seed. One that cannot be measured does not keep the others from it. */
async function measureAll(
  targets: readonly StartTarget[],
  options: MeasureOptions,
  judging: Judging,
  signal: AbortSignal,
): Promise<number> {
  const seeded = { ...options, seed: options.seed ?? Math.floor(Math.random() * 2 ** 31) };
  const runs: TargetRun[] = [];
  for (const [index, start] of targets.entries()) {
    if (signal.aborted) break;
    const name = options.target[index]!;
    try {
      const { report } = await measureOne(start, seeded, judging, signal);
      runs.push({
        name: report.target.name,
        folder: targetFolderName(index, shortName(name, report)),
        report,
      });
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      if (signal.aborted) break;
      console.error(error.message);
      const { name: shown } = name === 'emulator' ? { name } : urlTarget(name);
      runs.push({ name: shown, folder: targetFolderName(index, shown), problem: error.message });
    }
  }
  const written = await writing(options.out, writeMatrix(runs, options.out, options.reporter));
  if (options.reporter.includes('console')) tellMatrix(runs, written);
  const codes = runs.map(({ report }) => (report === undefined ? 2 : reportExitCode(report)));
  return signal.aborted ? 2 : Math.max(...codes);
}

function shortName(given: string, report: Report): string {
  return given === 'emulator' ? given : report.target.name;
}

function tellMatrix(runs: readonly TargetRun[], written: readonly string[]): void {
  const lines = matrixLines(matrixOf(runs), paintFor(process.stdout, process.env));
  console.log([...lines, ...(written.length > 0 ? ['', ...written] : [])].join('\n'));
}

interface MeasuredTarget {
  readonly report: Report;
  /** Tells where its reports are. */
  readonly written: (paths: readonly string[]) => void;
}

async function measureOne(
  start: StartTarget,
  options: MeasureOptions,
  judging: Judging,
  signal: AbortSignal,
): Promise<MeasuredTarget> {
  const reporter = options.reporter.includes('console') ? createConsoleReporter() : undefined;
  let target: Target | undefined;
  try {
    target = await start(signal);
    const report = await runConformance({
      target,
      selection: options,
      reporters: reporter === undefined ? [] : [reporter],
      bail: options.bail ?? false,
      signal,
      known: judging.known,
      allowFlaky: options.allowFlaky ?? false,
      ...(options.seed !== undefined && { seed: options.seed }),
      ...(options.shard !== undefined && { shard: options.shard }),
      ...(judging.profile !== undefined && { profile: judging.profile }),
      ...(options.timeout !== undefined && { clauseTimeoutMs: options.timeout * 1000 }),
    });
    return { report, written: (paths) => reporter?.reportsWritten(paths) };
  } finally {
    reporter?.stop();
    await target?.close();
  }
}

async function writing(folder: string, work: Promise<string[]>): Promise<string[]> {
  try {
    return await work;
  } catch (error) {
    throw outputError(folder, error);
  }
}
