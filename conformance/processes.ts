import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { builtModule } from '../built-module.ts';

/** Before all that has the usual priority of 0; see setpriority(2). */
const timedPriority = -10;

/**
 * Starts a module of this project in a process of its own, from sources as well as from the built package.
 * A process that cannot be started, or told something, ends: `whenGone` tells of it.
 * @param module `new URL('./x.ts', import.meta.url)`
 */
export function spawnModule(module: URL): ChildProcess {
  const built = builtModule(module);
  const child = fork(built ?? module, [], {
    serialization: 'advanced',
    execArgv: built === undefined ? ['--import', import.meta.resolve('tsx')] : [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // Without a listener, a message to a process that has just gone would end this one.
  child.on('error', () => {});
  return child;
}

/**
 * Lets a process that has just been started go before others, where this one may say so (as root, in most containers):
 * its times are what is measured, and other work on the machine should not be measured with them. Called at once
 * after `spawnModule`: threads have the priority of the one that starts them.
 */
export function goBeforeOthers(child: ChildProcess): ChildProcess {
  if (child.pid !== undefined) {
    try {
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
