import type { Command } from 'commander';
import { valueBy } from '../option-values.ts';
import { parseReporterNames, type ReporterName, reporterNames } from '../reporters/names.ts';

interface MergeOptions {
  readonly out: string;
  readonly reporter: readonly ReporterName[];
  readonly allowFlaky?: boolean;
}

/** Adds `mosaic2 merge` to the command line. */
export function addMergeCommand(program: Command): void {
  program
    .command('merge')
    .description('join the reports of the shards of a run into one')
    .argument('<report...>', 'report.json of each shard, or folders that hold them')
    .option('--out <dir>', 'where the reports go', 'reports')
    .option(
      '--reporter <names>',
      'console, html, junit, ctrf, json, markdown',
      valueBy(parseReporterNames),
      reporterNames,
    )
    .option('--allow-flaky', 'what passes only when tried again counts as passed')
    .action(async (paths: readonly string[], options: MergeOptions) => {
      process.exitCode = await merge(paths, options);
    });
}

/** @returns the exit code of the run as a whole: 0 or 1, and 2 where the reports cannot be joined */
async function merge(paths: readonly string[], options: MergeOptions): Promise<number> {
  const [{ findReports, withoutCopies }, { readReport, ReportFileError }, { mergeReports, MergeError }] =
    await Promise.all([
      import('./find-reports.ts'),
      import('../compare/read-report.ts'),
      import('./merge-reports.ts'),
    ]);
  const [{ createConsoleReporter }, { writeReports }, { OutputError, outputError }, { reportExitCode }] =
    await Promise.all([
      import('../reporters/console.ts'),
      import('../reporters/write.ts'),
      import('../run/output-folder.ts'),
      import('../report.ts'),
    ]);
  try {
    const found = [];
    for (const path of await withoutCopies(await findReports(paths))) {
      found.push({ path, report: await readReport(path) });
    }
    const merged = mergeReports(found);
    const report = options.allowFlaky ? { ...merged, allowFlaky: true } : merged;
    const written = await writeReports(report, options.out, options.reporter).catch((error: unknown) => {
      throw outputError(options.out, error);
    });
    if (options.reporter.includes('console')) {
      const reporter = createConsoleReporter();
      await reporter.runFinished(report);
      reporter.reportsWritten(written);
    }
    return reportExitCode(report);
  } catch (error) {
    const expected = [ReportFileError, MergeError, OutputError];
    if (!expected.some((kind) => error instanceof kind)) throw error;
    console.error((error as Error).message);
    return 2;
  }
}
