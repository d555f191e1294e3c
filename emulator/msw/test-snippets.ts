import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const packageRoot = join(import.meta.dirname, '../..');
const modules = join(packageRoot, 'node_modules');

/** What `mosaic2/msw` is, from its sources. */
export const entryPoint = join(import.meta.dirname, 'index.ts');

/** A program of the packages that are installed. */
export function program(path: string): string {
  return join(modules, path);
}

/** A folder like a user's project, with the code of a page of documentation in it. */
export interface Project {
  readonly folder: string;
  /** Names of the files, in the order of the page. */
  readonly files: readonly string[];
  remove(): Promise<void>;
}

/**
 * Writes every piece of code of a page that has a name, `<!-- file: chat.test.ts -->`, into a new folder where `msw` and
 * `vitest` can be imported, and where TypeScript and Vitest know what `mosaic2/msw` is.
 */
export async function unpackSnippets(page: string): Promise<Project> {
  const text = await readFile(join(packageRoot, page), 'utf8');
  const folder = await mkdtemp(join(tmpdir(), 'mosaic2-snippets-'));
  const files: string[] = [];
  for (const [, name = '', code = ''] of text.matchAll(/<!-- file: (\S+) -->\n```ts\n(.*?)\n```\n/gs)) {
    await writeFile(join(folder, name), `${code}\n`);
    files.push(name);
  }
  await mkdir(join(folder, 'node_modules'));
  for (const name of ['msw', 'vitest', '@types']) {
    await symlink(join(modules, name), join(folder, 'node_modules', name), 'dir');
  }
  await writeJson(join(folder, 'package.json'), { type: 'module' });
  await writeJson(join(folder, 'tsconfig.json'), {
    compilerOptions: {
      target: 'es2023',
      lib: ['es2023', 'dom', 'dom.iterable'],
      module: 'esnext',
      moduleResolution: 'bundler',
      types: ['node'],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      paths: { 'mosaic2/msw': [entryPoint] },
    },
    include: ['*.ts'],
  });
  const config = { resolve: { alias: { 'mosaic2/msw': entryPoint } } };
  await writeFile(join(folder, 'vitest.config.js'), `export default ${JSON.stringify(config)};\n`);
  return { folder, files, remove: () => rm(folder, { recursive: true }) };
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeFile(path, JSON.stringify(value));
}
