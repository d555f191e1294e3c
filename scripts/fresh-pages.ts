import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * Compiles the scripts of the emulator's pages before tests run, where they are not up to date: an emulator
 * that runs from its sources serves them from `dist`.
 */
export default function freshPages(): void {
  const folders = ['emulator/pages/browser', 'emulator/pages/common', 'emulator/rooms'];
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder)).map((file) => join(root, folder, file)),
  );
  const newestMs = Math.max(...[...sources, join(root, 'tsconfig.pages.json')].map(modifiedMs));
  if (newestMs <= modifiedMs(join(root, 'dist/emulator/pages/browser/chat.js'))) return;
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.pages.json'], { cwd: root, stdio: 'inherit' });
}

function modifiedMs(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
