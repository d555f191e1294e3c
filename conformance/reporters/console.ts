import ora, { type Ora } from 'ora';
import type { ClauseDescription, ClauseResult, Report, ReporterEvents } from '../report.ts';
import { factWidth, resultLine, runningText, summaryLines } from './console-lines.ts';
import { type ConsolePaint, paintFor } from './console-paint.ts';
import { oneLine, plural } from './text.ts';

/** Where the console reporter writes: a terminal, a pipe, or what a test hands in. */
export type ConsoleStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Options of {@link createConsoleReporter}. */
export interface ConsoleReporterOptions {
  /** Default: standard output. */
  readonly stream?: ConsoleStream;
  /** Decides on colours by `NO_COLOR`, `FORCE_COLOR` and `TERM`; default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Tells of a run on a console. */
export interface ConsoleReporter extends Required<ReporterEvents> {
  /** Says where the files of the run are. Called after `runFinished`, when they are written. */
  reportsWritten(paths: readonly string[]): void;
  /** Takes the spinner off the terminal; for a run that ends without a report. Idempotent. */
  stop(): void;
}

/**
 * A reporter that writes one line for each finished clause, and at the end every failure in full, the
 * counts and the verdict. On a terminal a spinner names the clauses that are running; elsewhere there are
 * plain lines only. Text of the target cannot steer the terminal: its control characters are made visible.
 */
export function createConsoleReporter(options: ConsoleReporterOptions = {}): ConsoleReporter {
  const stream = options.stream ?? process.stdout;
  const paint = paintFor(stream, options.environment ?? process.env);
  return new LineReporter(stream, paint);
}

class LineReporter implements ConsoleReporter {
  readonly #stream: ConsoleStream;
  readonly #paint: ConsolePaint;
  /** Clauses that have started and not finished, in the order they started. */
  readonly #running = new Map<string, ClauseDescription>();
  /** Only on a terminal, and only while the run goes on. */
  #spinner: Ora | undefined;
  #total = 0;
  #finished = 0;

  constructor(stream: ConsoleStream, paint: ConsolePaint) {
    this.#stream = stream;
    this.#paint = paint;
  }

  runStarted(run: { readonly clauses: readonly ClauseDescription[]; readonly target: string }): void {
    this.#total = run.clauses.length;
    this.#line(
      `${this.#paint.strong(plural(run.clauses.length, 'clause'))} against ${oneLine(run.target)}\n`,
    );
    if (this.#stream.isTTY !== true) return;
    this.#spinner = ora({
      stream: this.#stream,
      isEnabled: true,
      // Else it would take Ctrl-C from whoever runs the suite.
      discardStdin: false,
      color: this.#paint.coloured ? 'cyan' : false,
    }).start();
    this.#showRunning();
  }

  clauseStarted(clause: ClauseDescription): void {
    this.#running.set(clause.id, clause);
    this.#showRunning();
  }

  clauseFinished(result: ClauseResult): void {
    this.#running.delete(result.clause.id);
    this.#finished += 1;
    this.#showRunning();
    this.#line(resultLine(result, this.#paint));
  }

  runFinished(report: Report): void {
    this.stop();
    for (const line of summaryLines(report, this.#paint)) this.#line(line);
  }

  reportsWritten(paths: readonly string[]): void {
    if (paths.length === 0) return;
    const [first, ...others] = paths;
    this.#line(`${this.#paint.faint('Report'.padEnd(factWidth))}${first}`);
    for (const path of others) this.#line(`${' '.repeat(factWidth)}${path}`);
  }

  stop(): void {
    this.#spinner?.stop();
    this.#spinner = undefined;
  }

  // While it spins, ora takes writes to its stream and draws itself anew below them.
  #line(text: string): void {
    this.#stream.write(`${text}\n`);
  }

  #showRunning(): void {
    if (this.#spinner === undefined) return;
    this.#spinner.text = runningText(
      [...this.#running.keys()],
      { finished: this.#finished, total: this.#total },
      this.#stream.columns ?? 80,
    );
  }
}
