import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OtherProject } from './test-package.ts';

let project: OtherProject;

beforeAll(async () => {
  project = await OtherProject.create();
  for (const name of ['msw', 'vitest', 'testcontainers', 'typescript', '@types/node'])
    await project.borrow(name);
}, 600_000);

afterAll(() => project?.remove());

/** What users import. */
const entries = ['.', './conformance', './emulator', './msw', './testcontainers', './vitest'];

describe('the packed package', () => {
  it('holds what users need, and nothing of the workshop', () => {
    const paths = project.packed.files.map(({ path }) => path);
    for (const needed of ['LICENSE', 'README.md', 'dist/cli.js']) {
      expect(paths).toContain(needed);
    }
    const outside = paths.filter(
      (path) =>
        /\.test\.|(^|\/)(test|fake)-|^dist\/(bench|scripts)|\.map$|tsbuildinfo/.test(path) ||
        (path.endsWith('.ts') && !path.endsWith('.d.ts')),
    );
    expect(outside).toEqual([]);
    expect(project.packed.size).toBeLessThan(3e6);
  });

  it('is published as linters of packages want it', async () => {
    const tarball = await readFile(project.tarball);
    const bytes = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.length);
    const { messages, pkg } = await publint({ pack: { tarball: bytes as ArrayBuffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('exports what is documented', async () => {
    expect(Object.keys((await project.manifest()).exports).sort()).toEqual(entries);
  });

  it('exports types that a strict project takes', async () => {
    const imports = entries.map((entry, i) => `import * as entry${i} from '${join('mosaic2', entry)}';`);
    const used = `export const used = [${entries.map((_, i) => `entry${i}`).join(', ')}];`;
    await project.write('use.ts', `${imports.join('\n')}\n${used}\n`);
    const options = '--strict --noEmit --module nodenext --target es2023 --lib es2023 --types node'.split(
      ' ',
    );
    const compiler = 'node_modules/typescript/bin/tsc';
    const { out } = await project.start('node', compiler, ...options, 'use.ts').ended;
    // What other packages get wrong in their own types is not ours.
    expect(out.split('\n').filter((line) => /^(use\.|node_modules\/mosaic2\/)/.test(line))).toEqual([]);
  });

  it('is loaded without the packages that only some need', async () => {
    await project.write(
      'light.mjs',
      `await Promise.all(['mosaic2', 'mosaic2/emulator', 'mosaic2/conformance'].map((name) => import(name)));
      const heavy = process.report.getReport().sharedObjects.filter((file) => file.includes('node_modules'));
      console.log(JSON.stringify(heavy));`,
    );
    const { out, err } = await project.start('node', 'light.mjs').ended;
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual([]);
  });
});

describe('mosaic2 in somebody else’s project', () => {
  it('says which version it is', async () => {
    const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8'));
    expect((await project.start('mosaic2', '--version').ended).out.trim()).toBe(version);
  });

  it('runs an emulator, fills it with bots, listens to it, records it, and measures it', async () => {
    const emulator = project.start(
      'mosaic2',
      'emulator',
      '--http',
      '0',
      '--https',
      '0',
      '--log-level',
      'warn',
    );
    const [, host] = await emulator.says(/ready: http:\/\/(\S+?)[,\s]/);
    const target = `http://user:pass@${host}`;

    const bots = project.start('mosaic2', 'bots', '--target', target, '--room', 'demo', '--count', '2');
    await bots.says(/demo-bot-2/);
    const heard = await project.start(
      'mosaic2',
      'listen',
      '--target',
      target,
      '--room',
      'demo',
      '--seconds',
      '1',
      '--out',
      'demo.wav',
    ).ended;
    expect(heard).toMatchObject({ code: 0, err: '' });
    expect((await readFile(join(project.folder, 'demo.wav'))).subarray(0, 4).toString()).toBe('RIFF');
    expect((await bots.interrupt()).code).toBe(0);

    const recorded = await project.start('mosaic2', 'record', '--target', target, '--out', 'profile.json')
      .ended;
    expect(recorded).toMatchObject({ code: 0 });
    const measured = await project.start(
      'mosaic2',
      'conformance',
      '--target',
      target,
      '--filter',
      'api.*,audio.minus-self.quiet-tones',
      '--profile',
      'profile.json',
    ).ended;
    expect(measured, measured.out + measured.err).toMatchObject({ code: 0 });
    expect(await readFile(join(project.folder, 'reports/latest/index.html'), 'utf8')).toContain(
      'audio.minus-self.quiet-tones',
    );

    expect((await emulator.interrupt()).code).toBe(0);
  });

  it('gives its tests an emulator, bots and matchers', async () => {
    await project.write(
      'chat.test.js',
      `import { expect, test } from 'mosaic2/vitest';
      test('alice hears bob, and not herself', async ({ emulator }) => {
        await emulator.publish('alice', { room: 'demo' });
        await emulator.publish('bob', { room: 'demo' });
        const listener = await emulator.listen('demo', { track: 'alice' });
        await expect(listener).toHear('bob');
        await expect(listener).not.toHear('alice');
      });\n`,
    );
    const tested = await project.start('node', 'node_modules/vitest/vitest.mjs', 'run').ended;
    expect(tested.out, tested.err).toMatch(/Tests +1 passed/);
  });
});
