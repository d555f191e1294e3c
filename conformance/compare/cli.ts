import { type Command, Option } from 'commander';

/** How a comparison is told. */
type CompareFormat = 'console' | 'markdown' | 'json';

/** Adds `mosaic2 compare` to the command line. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description('tell what changed from one run to another; exits with 1 where something newly fails')
    .argument('<before>', 'report.json of the earlier run')
    .argument('<after>', 'report.json of the later run')
    .addOption(
      new Option('--format <name>', 'how it is told')
        .choices(['console', 'markdown', 'json'])
        .default('console'),
    )
    .action(async (before: string, after: string, { format }: { format: CompareFormat }) => {
      process.exitCode = await compare(before, after, format);
    });
}

/** @returns the exit code: 0 nothing newly fails, 1 something does, 2 a report cannot be read */
async function compare(beforePath: string, afterPath: string, format: CompareFormat): Promise<number> {
  const [{ readReport, ReportFileError }, { compareReports }, render, { paintFor }] = await Promise.all([
    import('./read-report.ts'),
    import('./compare-reports.ts'),
    import('./render-comparison.ts'),
    import('../reporters/console-paint.ts'),
  ]);
  try {
    const comparison = compareReports(await readReport(beforePath), await readReport(afterPath));
    const texts: Record<CompareFormat, () => string> = {
      console: () =>
        `${render.comparisonLines(comparison, paintFor(process.stdout, process.env)).join('\n')}\n`,
      markdown: () => render.comparisonMarkdown(comparison),
      json: () => render.comparisonJson(comparison),
    };
    process.stdout.write(texts[format]());
    return comparison.newlyFailing.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ReportFileError)) throw error;
    console.error(error.message);
    return 2;
  }
}
