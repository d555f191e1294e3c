import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { packageRoot } from '../package-root.ts';

const run = promisify(execFile);
const root = fileURLToPath(packageRoot);
const markdown = await readFile(new URL('docs/testing.md', packageRoot), 'utf8');

/** Each is a whole file, with its name in the first line. */
const snippets = [...markdown.matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs)].map(([, name, text]) => ({
  name: name!,
  text: text!,
}));

/** What the package's names stand for, as its `exports` say. */
const entries = {
  'mosaic2/vitest': join(root, 'conformance/testing/vitest/index.ts'),
  mosaic2: join(root, 'index.ts'),
};

describe('docs/testing.md', () => {
  let folder: string;
  let server: Emulator;

  beforeAll(async () => {
    server = await startEmulator();
    // Inside the project, whose packages they import.
    folder = await mkdtemp(join(root, 'reports/docs-'));
    const paths = Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, [file]]));
    const tsconfig = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { paths, noEmit: true, rootDir: root },
      include: ['*.ts'],
      exclude: [],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    const config = { resolve: { alias: entries }, test: { include: ['*.test.ts'], testTimeout: 60_000 } };
    await writeFile(join(folder, 'vitest.config.mjs'), `export default ${JSON.stringify(config)};`);
    for (const { name, text } of snippets) await writeFile(join(folder, name), text);
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await server.close();
  });

  const bin = (name: string) => join(root, 'node_modules/.bin', name);

  it('has snippets that are whole', () => {
    expect(snippets.map(({ name }) => name)).toEqual([
      'chat.test.ts',
      'picture.test.ts',
      'chat.node-test.ts',
      'container.node-test.ts',
    ]);
    expect(markdown.match(/```ts/g)).toHaveLength(snippets.length);
  });

  it('has types that fit', async () => {
    await run(bin('tsc'), ['-p', folder]);
  });

  it('has tests for Vitest that pass', async () => {
    const { stdout } = await run(bin('vitest'), ['run', '--root', folder, '--reporter', 'json'], {
      env: { ...process.env, VITEST: undefined },
    });
    const { numPassedTests, testResults } = JSON.parse(stdout);
    expect(numPassedTests).toBe(2);
    expect(testResults.map(({ name }: { name: string }) => basename(name)).toSorted()).toEqual([
      'chat.test.ts',
      'picture.test.ts',
    ]);
  });

  it.each(snippets.filter(({ name }) => name.endsWith('.node-test.ts')))(
    'has $name, which passes',
    async ({ name }) => {
      const url = server.httpUrls[0]!.replace('//', '//user:pass@');
      const { stdout } = await run(
        process.execPath,
        ['--import', import.meta.resolve('tsx'), '--test', '--test-reporter', 'tap', name],
        { cwd: folder, env: { ...process.env, MOSAIC2_URL: url } },
        // What has failed stands there, too.
      ).catch((error: { stdout: string }) => error);
      expect(stdout).toMatch(/^# pass 1$/m);
      expect(stdout).toMatch(/^# fail 0$/m);
    },
  );
});
