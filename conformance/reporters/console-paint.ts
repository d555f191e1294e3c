import { styleText } from 'node:util';
import type { Verdict } from '../report.ts';

/** How the console reporter colours; without colours every function gives its text back. */
export interface ConsolePaint {
  readonly coloured: boolean;
  verdict(verdict: Verdict, text: string): string;
  strong(text: string): string;
  faint(text: string): string;
  /** Marks what is a pass, but not a clean one. */
  warning(text: string): string;
}

const verdictFormats = {
  pass: 'green',
  fail: 'red',
  known: 'magenta',
  observed: 'blue',
  'not-applicable': 'gray',
  error: 'yellow',
} as const;

/**
 * Colours where the stream is a terminal. `NO_COLOR` (any text, no-color.org) and `TERM=dumb` turn them off,
 * `FORCE_COLOR` (any text but `0`) turns them on for pipes; `NO_COLOR` wins.
 */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): ConsolePaint {
  const coloured = wantsColour(stream, environment);
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    coloured ? styleText(format, text, { validateStream: false }) : text;
  return {
    coloured,
    verdict: (verdict, text) => style(verdictFormats[verdict], text),
    strong: (text) => style('bold', text),
    faint: (text) => style('dim', text),
    warning: (text) => style('yellow', text),
  };
}

function wantsColour(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (environment.NO_COLOR) return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}
