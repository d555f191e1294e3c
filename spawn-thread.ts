import { Worker } from 'node:worker_threads';
import { builtModule } from './built-module.ts';

/**
 * Starts a module of this project on a thread of its own, from sources as well as from the built package.
 * @param module `new URL('./x.ts', import.meta.url)`
 * @param workerData handed to the module
 */
export function spawnThread(module: URL, workerData: unknown): Worker {
  const built = builtModule(module);
  if (built !== undefined) return new Worker(built, { workerData });
  // A thread takes no loader from the command line: this one gets it by hand, before the module.
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const source = `import(${loader}).then(({ register }) => {
    register();
    return import(${JSON.stringify(module.href)});
  });`;
  return new Worker(source, { eval: true, workerData });
}
