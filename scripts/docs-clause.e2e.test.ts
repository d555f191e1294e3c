import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Defects } from '../conformance/defects/defect.ts';
import type { Clause } from '../conformance/run/clause.ts';
import { RunContext } from '../conformance/run/context.ts';
import { urlTarget } from '../conformance/targets/url.ts';
import { type EmulatorParts, startEmulator } from '../emulator/index.ts';
import { readBlocks } from './docs-blocks.ts';

const root = join(import.meta.dirname, '..');
const files = readBlocks('docs/writing-a-clause.md').filter(({ file }) => file !== undefined);

/** Inside the project, whose packages they import. */
let folder: string;
const placeOf = (file: string) => join(folder, file);

/** The code thinks itself in the project's folders; here it stands elsewhere. */
function withImportsFromHere(text: string, file: string): string {
  const from = dirname(placeOf(file));
  return text.replace(
    /from '(\.[^']+)'/g,
    (_, path: string) => `from '${relative(from, join(root, dirname(file), path))}'`,
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(root, 'reports/docs-'));
  for (const { file, text } of files) {
    await mkdir(dirname(placeOf(file!)), { recursive: true });
    await writeFile(placeOf(file!), withImportsFromHere(text, file!));
  }
  const tsconfig = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { noEmit: true, rootDir: root },
    include: ['**/*.ts'],
    exclude: [],
  };
  await writeFile(placeOf('tsconfig.json'), JSON.stringify(tsconfig));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function verdictOf(clause: Clause, parts: EmulatorParts = {}): Promise<string> {
  await using emulator = await startEmulator({ parts });
  const context = new RunContext(urlTarget(emulator.httpUrls[0]!.replace('//', '//user:pass@')), 0);
  try {
    return (await clause.run(context)).verdict;
  } finally {
    await context.close();
  }
}

describe('docs/writing-a-clause.md', () => {
  it('has a clause and its defect', () => {
    expect(files.map(({ file }) => file)).toEqual([
      'conformance/clauses/stat-once.ts',
      'conformance/defects/stat-twice.ts',
    ]);
  });

  it('has types that fit', async () => {
    await promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['-p', folder]);
  });

  it('has a clause that passes with the emulator, and fails with its defect', async () => {
    const { statOnce } = (await import(placeOf('conformance/clauses/stat-once.ts'))) as { statOnce: Clause };
    const { countingDefects } = (await import(placeOf('conformance/defects/stat-twice.ts'))) as {
      countingDefects: Defects;
    };
    const [defect] = Object.values(countingDefects);
    expect(defect!.caughtBy).toEqual([statOnce.id]);
    expect(await verdictOf(statOnce)).toBe('pass');
    expect(await verdictOf(statOnce, defect!.parts)).toBe('fail');
  });
});
