import { relative } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { entryPoint } from './test-snippets.ts';

/** What Node has and browsers have not, where it is not imported. */
const nodeGlobals = /\b(?:Buffer|process|setImmediate|clearImmediate|__dirname|__filename)\b/;

let sources: readonly string[];
let imports: readonly string[];
/** All that the entry point loads, in one text, without types and comments. */
let code: string;

beforeAll(async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    plugins: [
      {
        name: 'own files only',
        setup: ({ onResolve }) => onResolve({ filter: /^[^./]/ }, ({ path }) => ({ path, external: true })),
      },
    ],
    format: 'esm',
    platform: 'neutral',
    legalComments: 'none',
    metafile: true,
    write: false,
  });
  sources = Object.keys(metafile.inputs).map((file) => relative('.', file));
  imports = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  code = outputFiles[0]!.text;
});

describe('what the handlers are made of', () => {
  it('is the emulator’s own rooms and routes', () => {
    expect(sources).toEqual(
      expect.arrayContaining([
        'emulator/rooms/registry.ts',
        'emulator/rooms/command-table.ts',
        'emulator/config/parse-config.ts',
        'emulator/http/routes/dynamic-mosaic.ts',
        'emulator/http/auth.ts',
      ]),
    );
  });

  it('imports MSW and nothing else: no module of Node, no Fastify, no codec', () => {
    expect([...new Set(imports)]).toEqual(['msw']);
  });

  it('uses nothing that only Node has', () => {
    expect(code.split('\n').filter((line) => nodeGlobals.test(line))).toEqual([]);
    expect('if (Buffer.byteLength(text) > 1)').toMatch(nodeGlobals);
  });
});
