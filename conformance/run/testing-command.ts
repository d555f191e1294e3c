import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Target } from '../targets/target.ts';

const cli = new URL('../../dist/cli.js', import.meta.url).pathname;
const running = new Set<ChildProcess>();

/** Starts `mosaic2` as it was built before the tests, and keeps what it prints. */
export function mosaic2(...args: readonly string[]) {
  return mosaic2With([], ...args);
}

/** @param nodeOptions of its process, and of none that it starts */
export function mosaic2With(nodeOptions: readonly string[], ...args: readonly string[]) {
  const child = spawn(process.execPath, [...nodeOptions, cli, ...args]);
  running.add(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    output.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.err += chunk;
  });
  /** Its exit code; null where a signal ended it. */
  const exit = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  return { child, output, exit };
}

/** Ends what a failed test has left running. */
export function killRunning(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** What the command line is given for a target. */
export function targetOption({ url, credentials: { user, password } }: Target): string {
  return url.replace('://', `://${user}:${password}@`);
}
