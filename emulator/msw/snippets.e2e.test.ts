import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Project, program, unpackSnippets } from './test-snippets.ts';

let project: Project;

beforeAll(async () => {
  project = await unpackSnippets('docs/msw.md');
});

afterAll(() => project.remove());

/** Its output, on both streams, with its exit code. */
async function run(...args: readonly string[]) {
  const options = { cwd: project.folder, env: { ...process.env, NO_COLOR: '1', VITEST: undefined } };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, options);
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

describe('the code of docs/msw.md', () => {
  it('is in three files', () => {
    expect(project.files).toEqual(['chat.test.ts', 'mocks.ts', 'publishing.test.ts']);
  });

  it('is right by its types, in a project for browsers', async () => {
    expect(await run(program('typescript/bin/tsc'), '-p', '.')).toEqual({ code: 0, output: '' });
  });

  it('passes as the tests it is', async () => {
    const { code, output } = await run(program('vitest/vitest.mjs'), 'run', '--root', '.');
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/Test Files +2 passed \(2\)\s+Tests +4 passed \(4\)/),
    });
  });
});
