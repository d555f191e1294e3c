import { existsSync } from 'node:fs';

/**
 * The file of a module that runs without a loader: of the built package its own, and of sources under test the one that
 * was built before the tests (`MOSAIC2_BUILT`), which starts in a fraction of the time.
 * @param module `new URL('./x.ts', import.meta.url)`
 * @returns undefined where there is only the source
 */
export function builtModule(module: URL): URL | undefined {
  const javaScript = module.href.replace(/\.ts$/, '.js');
  if (!import.meta.url.endsWith('.ts')) return new URL(javaScript);
  const root = new URL('./', import.meta.url).href;
  if (process.env.MOSAIC2_BUILT === undefined || !javaScript.startsWith(root)) return undefined;
  const built = new URL(`${root}dist/${javaScript.slice(root.length)}`);
  return existsSync(built) ? built : undefined;
}
