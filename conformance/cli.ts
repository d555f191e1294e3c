import type { Command } from 'commander';
import { signallingOption } from './bots/signalling-option.ts';
import { turnOption } from './bots/turn-option.ts';
import type { MeasureOptions } from './measure.ts';
import { collectPatterns, parseSeed, valueBy } from './option-values.ts';
import { parseReporterNames, type ReporterName } from './reporters/names.ts';
import { stopSignal } from './run/stop-signal.ts';
import { parseShard } from './shard/split.ts';
import { parsePrefix, parseRoom, parseTimeout } from './targets/target-options.ts';

interface CliOptions extends MeasureOptions {
  readonly list?: boolean;
  readonly json?: boolean;
}

/** Adds `mosaic2 conformance` to the command line. */
export function addConformanceCommand(program: Command): void {
  program
    .command('conformance')
    .description('measure whether a server mixes as documented; without a target, an emulator of its own')
    .option(
      '--target <url>',
      'a server that runs: http://user:pass@host[:port], the pair of edit_auth; or emulator; may be repeated',
      (value: string, before: readonly string[]) => [...before, value],
      [],
    )
    .option('--insecure', 'take any certificate of the target, such as a self-signed one')
    .addOption(signallingOption())
    .addOption(turnOption())
    .option(
      '--filter <globs>',
      'only clauses with such ids, as audio.*,api.stat; may be repeated',
      collectPatterns,
      [],
    )
    .option('--exclude <globs>', 'no clauses with such ids; may be repeated', collectPatterns, [])
    .option('--list', 'list the clauses that would run with their level and needs, and end')
    .option('--json', 'with --list: all that the clauses say of themselves, as JSON')
    .option(
      '--reporter <names>',
      'console, html, junit, ctrf, json, markdown',
      valueBy(parseReporterNames),
      defaultReporters,
    )
    .option('--out <dir>', 'where reports go', 'reports')
    .option('--bail', 'stop at the first clause that fails')
    .option('--seed <n>', 'repeat a run with the same sound', parseSeed)
    .option('--known <file>', 'JSON list of failures that are known, each with an id and a reason')
    .option('--allow-flaky', 'what passes only when tried again counts as passed')
    .option(
      '--shard <i/n>',
      'only a part of the clauses; mosaic2 merge joins the reports',
      valueBy(parseShard),
    )
    .option(
      '--room <name>',
      'a configured room of the target with disable_video=false that the suite may use; may be repeated',
      parseRoom,
    )
    .option('--prefix <text>', 'stands before all names that are made on the target, as chat/', parsePrefix)
    .option(
      '--profile <file>',
      'judge what the documentation leaves open by a profile, such as mosaic2 record writes',
    )
    .option(
      '--provision',
      'make the rooms that a run needs by the target’s v3 API, and remove them at the end',
    )
    .option('--cleanup', 'first remove what earlier runs have left on the target')
    .option('--preflight', 'only say what the target is, what it lacks, and the configuration that helps')
    .option(
      '--timeout <seconds>',
      'the longest a clause may take (default: 60; 180 with one --room and 120 with two, in which clauses take turns)',
      parseTimeout,
    )
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
    if (!options.list) {
      const { lookOnly, measure } = await import('./measure.ts');
      return await (options.preflight ? lookOnly : measure)(options, signal);
    }
    const { listClauses, listClausesAsJson } = await import('./catalogue/list.ts');
    const own = options.shard === undefined ? selected : await suite.clausesOfShard(selected, options.shard);
    console.log(options.json ? listClausesAsJson(own) : listClauses(own));
    return 0;
  } catch (error) {
    const expected = [
      suite.TargetError,
      suite.EmptySelectionError,
      suite.OutputError,
      suite.KnownFileError,
      suite.ShardError,
      suite.ProfileFileError,
    ];
    if (!expected.some((kind) => error instanceof kind)) throw error;
    console.error(signal.aborted ? 'ended before anything was measured' : (error as Error).message);
    return 2;
  } finally {
    // What a clause has left running keeps no process alive; a slow reader of the list does.
    if (!options.list) setTimeout(() => process.exit(), lingerMs).unref();
  }
}

const lingerMs = 2000;
