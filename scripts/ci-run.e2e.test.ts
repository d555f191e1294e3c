import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A folder like the project's, with the real script and programs that only pretend. */
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-ci-'));
  for (const sub of ['.ci', 'bin', 'scripts']) await mkdir(join(folder, sub));
  await copyFile(join(import.meta.dirname, '..', '.ci', 'run'), join(folder, '.ci', 'run'));
  await symlink(process.execPath, join(folder, 'bin', 'node'));
  for (const tool of ['cat', 'dirname', 'mktemp', 'rm', 'sleep'])
    await symlink(`/usr/bin/${tool}`, join(folder, 'bin', tool));
  for (const tool of ['curl', 'make', 'g++', 'python3', 'chromium', 'apt-get']) await program(tool, ':');
  await writeFile(join(folder, 'scripts', 'ready.mjs'), '');
  await part('engine', 'exit 1');
});

afterEach(() => rm(folder, { recursive: true }));

/** A program of the system. */
function program(name: string, script: string): Promise<void> {
  return shellScript(join(folder, 'bin', name), script);
}

/** A script beside the real one. */
function part(name: string, script: string): Promise<void> {
  return shellScript(join(folder, '.ci', name), script);
}

async function shellScript(file: string, script: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

interface Steps {
  readonly check?: string;
  readonly test?: string;
  readonly conformance?: string;
}

/** What npm does, as shell code; before `test`, the tests' report is written, if there is one. */
async function npm({ check = ':', test = ':', conformance = ':' }: Steps, report?: object): Promise<void> {
  const write = report === undefined ? ':' : `echo '${JSON.stringify(report)}' > "$file"`;
  await program(
    'npm',
    `for word; do case "$word" in --outputFile.json=*) file="\${word#*=}" ;; esac; done
    case "$1 $2" in
      "run check") ${check} ;;
      "test --") ${write}; ${test} ;;
      "run conformance") ${conformance} ;;
      *) exit 9 ;;
    esac`,
  );
}

async function run(): Promise<{ code: number | null; last: string | undefined; out: string }> {
  const child = spawn('/bin/bash', [join(folder, '.ci', 'run')], {
    env: { PATH: join(folder, 'bin'), TMPDIR: folder },
  });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.resume();
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, last: out.trimEnd().split('\n').at(-1), out };
}

const green = { numPassedTests: 12, numFailedTests: 0 };

describe('.ci/run', () => {
  it('ends with the count of tests and 0 where all is well', async () => {
    await npm({}, green);
    expect(await run()).toMatchObject({ code: 0, last: '12 passed, 0 failed' });
  });

  it.each([
    ['a test', { test: 'exit 1' }, { numPassedTests: 10, numFailedTests: 2 }, '10 passed, 2 failed'],
    ['a file of tests', { test: 'exit 1' }, green, '12 passed, 1 failed'],
    ['the test runner', { test: 'exit 1' }, undefined, '0 passed, 1 failed'],
    ['the linter', { check: 'exit 1' }, green, '12 passed, 1 failed'],
    ['the suite', { conformance: 'exit 1' }, green, '12 passed, 1 failed'],
    [
      'everything',
      { check: 'exit 1', test: 'exit 1', conformance: 'exit 1' },
      { numPassedTests: 1, numFailedTests: 3 },
      '1 passed, 5 failed',
    ],
  ])('counts it and ends with 1 where %s fails', async (_what, steps, report, last) => {
    await npm(steps, report);
    expect(await run()).toMatchObject({ code: 1, last });
  });

  it('goes on after the linter: one run tells of everything', async () => {
    await npm({ check: 'exit 1', conformance: 'echo suite ran' }, green);
    expect((await run()).out).toContain('suite ran');
  });

  it('counts one failed where the project cannot be built', async () => {
    await npm({}, green);
    await writeFile(join(folder, 'scripts', 'ready.mjs'), 'process.exit(3)');
    expect(await run()).toMatchObject({ code: 3, last: '0 passed, 1 failed' });
  });

  it('leaves no image half built where the project cannot be built', async () => {
    await npm({}, green);
    await part('engine', ':');
    await part('image', 'trap "echo ended > ended; exit" TERM; echo > begun; while :; do sleep 0.05; done');
    const begun = "while (!require('node:fs').existsSync('begun'));";
    const failing = `import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url); ${begun} process.exit(3);`;
    await writeFile(join(folder, 'scripts', 'ready.mjs'), failing);
    expect(await run()).toMatchObject({ code: 3, last: '0 passed, 1 failed' });
    await expect.poll(() => existsSync(join(folder, 'ended')), { timeout: 10_000 }).toBe(true);
  });

  it('counts one failed where a package cannot be installed', async () => {
    await npm({}, green);
    await rm(join(folder, 'bin', 'chromium'));
    await program('apt-get', 'exit 100');
    expect(await run()).toMatchObject({ code: 100, last: '0 passed, 1 failed' });
  });

  it('counts one failed where it is ended from outside', async () => {
    await npm({ conformance: 'kill -TERM "$PPID"; exit 0' }, green);
    expect(await run()).toMatchObject({ code: 143, last: '12 passed, 1 failed' });
  });

  it('tries the image in the tests where there is an engine, which is ended', async () => {
    await part('engine', 'echo "engine $1"');
    await part('image', ':');
    await npm({ test: 'echo "image $MOSAIC2_IMAGE"' }, green);
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toMatch(/engine start\n(.*\n)*image mosaic2:ci\n(.*\n)*engine stop\n/);
  });

  it('goes on without the image where there is no engine, and says so', async () => {
    await part('engine', 'echo "no container engine: none"; exit 1');
    await part('image', 'exit 1');
    await npm({ test: 'echo "image $MOSAIC2_IMAGE."' }, green);
    const { last, out } = await run();
    expect(last).toBe('12 passed, 0 failed');
    expect(out).toContain('no container engine: none\nthe image is not built, and its tests are not run\n');
    expect(out).toContain('image .\n');
  });

  it('counts an image that cannot be built, and does not try it', async () => {
    await part('engine', ':');
    await part('image', 'exit 1');
    await npm({ test: 'echo "image $MOSAIC2_IMAGE."' }, green);
    const { code, last, out } = await run();
    expect({ code, last }).toEqual({ code: 1, last: '12 passed, 1 failed' });
    expect(out).toContain('image .\n');
  });
});
