import { randomBytes } from 'node:crypto';

const drawnBytes = 6;

/** The shape of it, for a regular expression: nobody gives a name with twelve hex digits like these by hand. */
export const runPrefixPattern = `m2-run-[0-9a-f]{${2 * drawnBytes}}-`;

/** Stands before the names of one run: `m2-run-3f9c0a1b7d2e-`. */
export function runPrefix(): string {
  return `m2-run-${randomBytes(drawnBytes).toString('hex')}-`;
}

const ofSomeRun = new RegExp(`^${runPrefixPattern}`);

/**
 * Whether a name was made by a run, this one or an earlier one.
 * @param prefix what the runs were told to put before it
 */
export function isOfSomeRun(name: string, prefix = ''): boolean {
  return name.startsWith(prefix) && ofSomeRun.test(name.slice(prefix.length));
}
