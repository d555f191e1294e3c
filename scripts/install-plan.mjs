// Whether packages have to be installed before something can run, and whether they may be.
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What to do about `node_modules`, without doing it:
 * - `nothing`: the packages are as new as the lock file;
 * - `install`: they are missing or older, and `npm ci` may bring them;
 * - `go-on`, `give-up`: `node_modules` is a link, and `npm ci` would delete what another project has behind it; go on
 *   where the packages are there, older as they may be, give up where some are missing.
 *
 * @param {string} root the project's folder
 * @returns {{ action: 'nothing' | 'install' | 'go-on' | 'give-up', sentence: string }}
 */
export function installPlan(root) {
  const installedMs = modifiedMs(join(root, 'node_modules', '.package-lock.json'));
  const isOld = installedMs < modifiedMs(join(root, 'package-lock.json'));
  if (isLink(join(root, 'node_modules'))) {
    const missing = missingPackages(root);
    if (missing.length > 0) {
      const sentence = `node_modules is a link, so npm ci is not run here, and behind it these are missing: ${missing.join(', ')}.`;
      return { action: 'give-up', sentence };
    }
    if (!isOld) return { action: 'nothing', sentence: '' };
    const sentence =
      'node_modules is a link and older than package-lock.json; npm ci is not run, since it would delete what is behind the link.';
    return { action: 'go-on', sentence };
  }
  if (!isOld) return { action: 'nothing', sentence: '' };
  const what = existsSync(join(root, 'node_modules')) ? 'older than package-lock.json' : 'missing';
  const sentence = `node_modules is ${what}: running npm ci (a minute or two; @discordjs/opus may be compiled)`;
  return { action: 'install', sentence };
}

function missingPackages(root) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !existsSync(join(root, 'node_modules', name, 'package.json')),
  );
}

/** On Windows a junction counts as a link, too. */
function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function modifiedMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
