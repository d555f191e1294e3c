import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addEmulatorCommand } from '../emulator/cli.ts';
import { serverDirectives, streamDirectives, templateDirectives } from '../emulator/config/context.ts';
import { mosaicOptions } from '../emulator/config/read-input.ts';
import { defaultProfile } from '../emulator/profile.ts';
import { profilePaths } from '../emulator/profile-file.ts';
import { commandsOf, readBlocks, saysSo } from './docs-blocks.ts';
import { whyNotRun } from './docs-reasons.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** First cells of the tables' rows, code without its marks. */
function firstCells(page: string): readonly string[] {
  return [...read(page).matchAll(/^\| (.*?) \|/gm)].map((match) => match[1]!);
}

describe('docs/configuration.md', () => {
  const cells = firstCells('docs/configuration.md').map((cell) => cell.replaceAll('`', '').split(/[ ;]/)[0]);

  it.each([...new Set([...serverDirectives, ...streamDirectives, ...templateDirectives, ...mosaicOptions])])(
    'has a row for %s',
    (key) => expect(cells).toContain(key),
  );

  it('has every option of the emulator', () => {
    const program = new Command();
    addEmulatorCommand(program);
    const options = program.commands[0]!.options.map(({ long }) => long!);
    expect(options.length).toBeGreaterThan(8);
    expect(
      options.filter(
        (option) =>
          !read('docs/configuration.md').includes(`\`${option} `) &&
          !read('docs/configuration.md').includes(`\`${option}\``),
      ),
    ).toEqual([]);
  });
});

describe('docs/profiles.md', () => {
  it('has every field with its default, in order', () => {
    const rows = [...read('docs/profiles.md').matchAll(/^\| `(\w+\.[\w.-]+)` \| `(.*?)` \|/gm)];
    const written = rows.map(([, path, value]) => [path, JSON.parse(value!)]);
    const valueAt = (path: string) =>
      path
        .split('.')
        .reduce((value, key) => (value as Record<string, unknown>)[key], defaultProfile as unknown);
    expect(written).toEqual(profilePaths().map((path) => [path, valueAt(path)]));
  });
});

describe('docs/api.md', () => {
  const page = read('docs/api.md');
  const { calls } = JSON.parse(read('fixtures/calls/documented-calls.json')) as {
    calls: readonly { readonly id: string; readonly curl: string }[];
  };

  it.each(calls)('has the documented call $id, byte for byte', ({ curl }) => {
    expect(page.split('\n')).toContain(curl);
  });

  it('has every kind of error with its status', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` \| (\d+) \|/gm)].map(([, kind, status]) => [
      kind,
      Number(status),
    ]);
    expect(Object.fromEntries(rows)).toEqual(defaultProfile.errors.status);
  });
});

describe('what reads the code of the documentation', () => {
  it('sees its blocks with their marks', () => {
    const blocks = readBlocks('docs/profiles.md');
    expect(blocks.map(({ language }) => language)).toEqual(['json', 'sh', 'text', 'json', 'sh', 'text']);
    expect(blocks[0]).toMatchObject({ file: 'my-server.json', isOutput: false, exitCode: 0 });
    expect(blocks[2]).toMatchObject({ isOutput: true });
    expect(blocks[4]).toMatchObject({ exitCode: 2 });
    expect(read('docs/profiles.md').split('\n')[blocks[4]!.line - 1]).toBe('```sh');
  });

  it('joins lines that go on, and leaves comments out', () => {
    expect(commandsOf('# a\none \\\n  two\n\nthree # four\n')).toEqual(['one two', 'three # four']);
  });

  it('compares what is said with what is shown, up to what may vary', () => {
    expect(saysSo('{"uptime":7}  \nmore\n', '{"uptime":…}')).toBe(true);
    expect(saysSo('{"uptime":7}', '{"up.ime":…}')).toBe(false);
    expect(saysSo('b\na', 'a\nb')).toBe(false);
  });

  it('leaves out what another test runs, and nothing else', () => {
    expect(whyNotRun('npm run conformance')).toMatch('whole suite');
    expect(whyNotRun('npx mosaic2 conformance --provision --out x')).toMatch('whole suite');
    expect(whyNotRun('npm run conformance -- --filter api.stat')).toBeUndefined();
    expect(whyNotRun('npx mosaic2 emulator')).toBeUndefined();
  });
});
