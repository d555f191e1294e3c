import { ConfigError, type Diagnostic, type Position } from './diagnostics.ts';

/** A file of nothing but mistakes shall not fill the memory with what is said of it. */
const maxDiagnostics = 200;

/** Characters shown to each side of the caret. */
const excerptRadius = 60;

/** Says of one file what is wrong with it. */
export class DiagnosticList {
  readonly #file: string;
  readonly #lines: readonly string[];
  readonly #diagnostics: Diagnostic[] = [];

  constructor(text: string, file: string) {
    this.#file = file;
    this.#lines = text.split('\n');
  }

  error(at: Position, message: string, path: readonly string[] = []): void {
    this.#add('error', at, message, path);
  }

  warn(at: Position, message: string, path: readonly string[] = []): void {
    this.#add('warning', at, message, path);
  }

  /** For what stands twice: points at the second place and, in a note, at the first. */
  duplicate(at: Position, first: Position, message: string, path: readonly string[]): void {
    const { line, column } = first;
    const related = { line, column, message: 'the first one is here', excerpt: this.#excerpt(first) };
    this.#add('error', at, message, path, related);
  }

  /** @throws ConfigError where there are errors */
  throwErrors(): void {
    if (this.#diagnostics.some(({ severity }) => severity === 'error')) throw new ConfigError(this.inOrder());
  }

  inOrder(): readonly Diagnostic[] {
    return this.#diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column);
  }

  #add(
    severity: Diagnostic['severity'],
    at: Position,
    message: string,
    path: readonly string[],
    related?: Diagnostic['related'],
  ): void {
    if (this.#diagnostics.length >= maxDiagnostics && severity === 'warning') return;
    if (this.#diagnostics.length >= 2 * maxDiagnostics) return;
    this.#diagnostics.push({
      severity,
      file: this.#file,
      line: at.line,
      column: at.column,
      message: printable(message),
      path,
      excerpt: this.#excerpt(at),
      ...(related === undefined ? {} : { related }),
    });
  }

  #excerpt({ line, column }: Position): string {
    const source = this.#lines[line - 1] ?? '';
    const start = Math.max(0, column - 1 - excerptRadius);
    const shown = printable(source.slice(start, column - 1 + excerptRadius)).trimEnd();
    const gutter = String(line).padStart(4);
    // Tabs stay tabs below, so that the caret is in place however wide they are.
    const indent = shown.padEnd(column - 1 - start).slice(0, column - 1 - start);
    const caret = `${indent.replace(/[^\t]/g, ' ')}^`;
    return `${gutter} | ${shown}\n${' '.repeat(gutter.length)} | ${caret}`;
  }
}

/** Control characters in a file must not reach the terminal of the one who reads what is wrong with it. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t]/gu, '\uFFFD');
}
