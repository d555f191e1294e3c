// Makes `npm test`, `npm start` and `npm run conformance` work as the first command after `git clone`:
// installs the packages when they are missing or older than the lock file (never behind a link), builds when sources
// changed.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPlan } from './install-plan.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modifiedMs = (path) => {
  try {
    return statSync(join(root, path)).mtimeMs;
  } catch {
    return 0;
  }
};

const plan = installPlan(root);
if (plan.action === 'install') install();
if (plan.action === 'go-on') console.log(plan.sentence);
if (plan.action === 'give-up') {
  console.error(plan.sentence);
  process.exit(1);
}
if (isStale()) build();

function install() {
  console.log(plan.sentence);
  if (run('npm', ['ci', '--no-audit', '--no-fund']).status === 0) return;
  const missing = [['python3'], ['make'], ['g++', 'c++', 'clang++']].filter(
    (names) => !names.some(isInstalled),
  );
  if (missing.length > 0) {
    const tools = missing.map(([name]) => name).join(', ');
    console.error(`@discordjs/opus could not be built here: install ${tools} and try again.`);
  }
  process.exit(1);
}

function build() {
  console.log('sources changed since the last build: running npm run build');
  const { status } = run('npm', ['run', '--silent', 'build']);
  if (status !== 0) process.exit(status ?? 1);
}

function run(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}

function isInstalled(command) {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The scripts of the emulator's pages are compiled for browsers, by themselves; see tsconfig.pages.json. */
function isStale() {
  const pageScripts = join('emulator', 'pages', 'browser');
  const files = ['emulator', 'media', 'conformance', 'bench', 'media-samples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((file) => file.endsWith('.ts') || file.endsWith('.html'))
      .map((file) => join(folder, file)),
  );
  const sources = files.filter((file) => !file.startsWith(pageScripts));
  const isNewer = (paths, built) => Math.max(...paths.map(modifiedMs)) > modifiedMs(built);
  return (
    isNewer(
      [
        ...sources,
        'built-module.ts',
        'spawn-thread.ts',
        'cli.ts',
        'index.ts',
        'tsconfig.json',
        'tsconfig.build.json',
      ],
      'dist/.tsbuildinfo',
    ) ||
    isNewer(
      [...files.filter((file) => file.startsWith(pageScripts)), 'tsconfig.pages.json'],
      'dist/emulator/pages/browser/chat.js',
    )
  );
}
