import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { parseFaults, startEmulator } from '../index.ts';

const root = join(import.meta.dirname, '../..');
const page = await readFile(join(root, 'docs/faults.md'), 'utf8');
const execute = promisify(execFile);

/** The code behind a mark like `<!-- file: faults.json -->`. */
function codeOf(mark: string): string {
  const from = page.indexOf(`<!-- ${mark} -->\n`);
  return /```\w+\n(.*?)```/s.exec(page.slice(from))![1]!;
}

it('answers every curl line of docs/faults.md as the page says', async () => {
  const faults = { ...parseFaults(codeOf('file: faults.json'), 'faults.json'), api: true };
  const emulator = await startEmulator({ faults });
  try {
    const script = codeOf('run').replaceAll('127.0.0.1:8080', new URL(emulator.httpUrls[0]!).host);
    const expected = script.match(/(?<=^# ).*$/gm);
    const { stdout } = await execute('sh', ['-c', script]);
    expect(stdout.trim().split('\n')).toEqual(expected);
    expect(expected).toHaveLength(8);
  } finally {
    await emulator.close();
  }
});

it('shows a test that passes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mosaic2-faults-'));
  try {
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'), 'dir');
    const entry = join(root, 'emulator/index.ts');
    const config = { resolve: { alias: { 'mosaic2/emulator': entry } } };
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'vitest.config.js'), `export default ${JSON.stringify(config)};\n`);
    await writeFile(join(folder, 'bad-days.test.ts'), codeOf('file: bad-days.test.ts'));
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const env = { ...process.env, NO_COLOR: '1', VITEST: undefined };
    const { stdout } = await execute(process.execPath, [vitest, 'run', '--root', '.'], { cwd: folder, env });
    expect(stdout).toMatch(/Tests +3 passed \(3\)/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
