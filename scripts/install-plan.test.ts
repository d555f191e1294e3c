import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

type InstallPlan = (root: string) => { readonly action: string; readonly sentence: string };
const { installPlan } = (await import(new URL('./install-plan.mjs', import.meta.url).href)) as {
  installPlan: InstallPlan;
};

/** A project of two packages that is looked at, and a folder beside it for what links point to. */
let root: string;

beforeEach(async () => {
  root = join(await mkdtemp(join(tmpdir(), 'mosaic2-ready-')), 'project');
  await write('package.json', '{"dependencies":{"one":"1"},"devDependencies":{"@scope/two":"2"}}');
  await write('package-lock.json', '{}');
});

afterEach(() => rm(dirname(root), { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** Packages as `npm ci` leaves them. */
async function install(folder: string, names: readonly string[], age: 'older' | 'newer'): Promise<void> {
  for (const name of names) await write(join(folder, name, 'package.json'), '{}');
  await write(join(folder, '.package-lock.json'), '{}');
  const seconds = Date.now() / 1000 + (age === 'older' ? -1000 : 1000);
  await utimes(join(root, folder, '.package-lock.json'), seconds, seconds);
}

describe('what is done about node_modules', () => {
  it('installs what is missing, or older than the lock file', async () => {
    expect(installPlan(root)).toMatchObject({
      action: 'install',
      sentence: expect.stringMatching('is missing'),
    });
    await install('node_modules', ['one', '@scope/two'], 'older');
    expect(installPlan(root)).toMatchObject({
      action: 'install',
      sentence: expect.stringMatching('is older'),
    });
    await install('node_modules', [], 'newer');
    expect(installPlan(root).action).toBe('nothing');
  });

  it.each([
    ['nothing', ['one', '@scope/two'], 'newer', ''],
    ['go-on', ['one', '@scope/two'], 'older', 'would delete what is behind the link'],
    ['give-up', ['one'], 'older', 'these are missing: @scope/two.'],
    ['give-up', [], 'newer', 'these are missing: one, @scope/two.'],
  ] as const)('never installs behind a link: %s', async (action, names, age, words) => {
    await install(join('..', 'elsewhere'), names, age);
    await symlink(join('..', 'elsewhere'), join(root, 'node_modules'), 'dir');
    const plan = installPlan(root);
    expect(plan.action).toBe(action);
    expect(plan.sentence).toContain(words);
  });

  it('gives up where the link points to nothing', async () => {
    await symlink(join('..', 'nowhere'), join(root, 'node_modules'), 'dir');
    expect(installPlan(root).action).toBe('give-up');
  });
});
