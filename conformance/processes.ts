import { type ChildProcess, fork } from 'node:child_process';

/**
 * Starts a module of this project in a process of its own, from sources as well as from the built package.
 * @param module `new URL('./x.ts', import.meta.url)`
 */
export function spawnModule(module: URL): ChildProcess {
  const fromSources = import.meta.url.endsWith('.ts');
  const url = new URL(fromSources ? module.href : module.href.replace(/\.ts$/, '.js'));
  return fork(url, [], {
    serialization: 'advanced',
    execArgv: fromSources ? ['--import', import.meta.resolve('tsx')] : [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** Ends a process: asks first, and insists after a while. Resolves when it is gone. */
export async function endProcess(child: ChildProcess, graceMs = 3000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
  if (child.connected) child.disconnect();
  await gone;
  clearTimeout(insist);
}
