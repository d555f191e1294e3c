/** A place in a file; both count from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something to tell the person who wrote the file. */
export interface Diagnostic extends Position {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** What is wrong and what was expected. */
  readonly message: string;
  /** The blocks and the directive it stands in, outermost first: `['stream lobby', 'input mosaic2://']`. */
  readonly path: readonly string[];
  /** The line of the file, and below it a caret that points at the column. */
  readonly excerpt: string;
  /** Another place that has to do with it: where a name stands for the first time. */
  readonly related?: Position & { readonly message: string; readonly excerpt: string };
}

/** A configuration that cannot be used; the message is all that {@link formatDiagnostic} says of its errors. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Errors, and the warnings met on the way, in the order of the file. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
    super(errors.map((error) => formatDiagnostic(error)).join('\n'));
    this.diagnostics = diagnostics;
  }
}

/**
 * As compilers print it, without a line break at the end:
 *
 *     demo.conf:2:20: error: bitrate must be …
 *        2 |   input mosaic2:// bitrate=1280;
 *          |                    ^
 */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, severity, message, excerpt, related } = diagnostic;
  const lines = [`${file}:${line}:${column}: ${severity}: ${message}`, excerpt];
  if (related !== undefined) {
    lines.push(`${file}:${related.line}:${related.column}: note: ${related.message}`, related.excerpt);
  }
  return lines.join('\n');
}
