import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

const root = join(import.meta.dirname, '..');

/**
 * Builds before tests run what is not up to date: the processes and command lines that tests start are the built ones,
 * which take half as long to start as sources do, and the emulator's pages have their scripts from there.
 */
export default function freshBuild(project: TestProject): void {
  build();
  // In watch mode, too: what tests start is what was just edited.
  project.onTestsRerun(() => {
    try {
      build();
    } catch {
      // The compiler has told what is wrong; an edit that is half done does not end the watching.
    }
  });
}

function build(): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  for (const project of ['tsconfig.build.json', 'tsconfig.pages.json']) {
    execFileSync(process.execPath, [compiler, '-p', project], { cwd: root, stdio: 'inherit' });
  }
  process.env.MOSAIC2_BUILT = '1';
}
