import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { builtModule } from '../built-module.ts';

/**
 * Before all that has the usual priority of 0; see setpriority(2). It is for the engine's own threads: the process itself
 * asks for more (`goBeforeOthers`).
 */
const timedPriority = -10;

/**
 * Starts a module of this project in a process of its own, from sources as well as from the built package.
 * A process that cannot be started, or told something, ends: `whenGone` tells of it.
 * @param module `new URL('./x.ts', import.meta.url)`
 * @param nodeOptions of Node.js and V8
 */
export function spawnModule(module: URL, nodeOptions: readonly string[] = []): ChildProcess {
  const built = builtModule(module);
  const loader = built === undefined ? ['--import', import.meta.resolve('tsx')] : [];
  const child = fork(built ?? module, [], {
    serialization: 'advanced',
    execArgv: [...nodeOptions, ...loader],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // Without a listener, a message to a process that has just gone would end this one.
  child.on('error', () => {});
  return child;
}

/**
 * Collecting new objects stops a process in proportion to how many may gather: 16 MiB, the default, take up to 18 ms
 * where packets are kept, and packets come every 20 ms.
 */
const shortPauses = '--max-semi-space-size=1';

/**
 * Threads that help to collect have no real-time priority: where all processors are taken by those that have, a process
 * waited for its helpers for up to a second.
 */
const withoutHelpers = '--single-threaded-gc';

/**
 * The same for a module whose times are what is measured: it stops for garbage often and shortly, and goes before others
 * where this process may say so (as root, in most containers), so that other work on the machine is not measured with it.
 */
export function spawnTimed(module: URL): ChildProcess {
  const child = spawnModule(module, [shortPauses, withoutHelpers]);
  if (child.pid !== undefined) {
    try {
      // At once: threads have the priority of the one that starts them.
      setPriority(child.pid, timedPriority);
    } catch {
      // Not permitted, or gone: what other work does to the times is measured, and told by the clauses.
    }
  }
  return child;
}

/**
 * Tells a process something.
 * @throws Error where it is gone, in a rejection
 */
export function sendTo(child: ChildProcess, message: object): Promise<void> {
  return new Promise((resolve, reject) => {
    child.send(message, (error) => (error === null ? resolve() : reject(error)));
  });
}

/**
 * Waits until a process has ended, or has turned out not to have started.
 * @returns why, for a sentence: `code 1`, `SIGKILL`, `spawn EAGAIN`
 */
export function whenGone(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (isGone(child)) resolve(child.signalCode ?? `code ${child.exitCode}`);
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
    child.on('error', (error) => {
      if (child.pid === undefined) resolve(error.message);
    });
  });
}

/** Ends a process: asks first, and insists after a while. Resolves when it is gone. */
export async function endProcess(child: ChildProcess, graceMs = 3000): Promise<void> {
  if (child.pid === undefined || isGone(child)) return;
  const gone = whenGone(child);
  const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
  if (child.connected) child.disconnect();
  await gone;
  clearTimeout(insist);
}

function isGone(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
