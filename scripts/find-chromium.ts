import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** What Debian, Ubuntu, Fedora and Google call it. */
const programNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** There is no browser, or not where it was said to be. */
export class ChromiumError extends Error {
  override readonly name = 'ChromiumError';
}

/** How to get one, for the message of a test that cannot run. */
export const howToGetChromium =
  'No Chromium was found. Install one (on Debian `apt-get install chromium`), or say where it is in CHROMIUM_PATH.';

/**
 * Finds any Chromium: `CHROMIUM_PATH`, then the usual names on the `PATH`, then the one that playwright has
 * downloaded, if it has.
 *
 * @returns path of the program; `undefined` where there is none
 * @throws ChromiumError where `CHROMIUM_PATH` names no program
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new ChromiumError(`CHROMIUM_PATH is ${named}, which is no program.`);
  }
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  const installed = folders.flatMap((folder) => programNames.map((name) => join(folder, name)));
  return [...installed, chromium.executablePath()].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
