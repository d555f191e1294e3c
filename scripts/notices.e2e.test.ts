import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

it('THIRD-PARTY-NOTICES.md says of FFmpeg what the library says of itself', () => {
  const script = `import { getFFmpegInfo } from 'node-av'; console.log(JSON.stringify(getFFmpegInfo()))`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
  const { version, configuration } = JSON.parse(said.toString()) as Record<string, string>;
  const notices = readFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), 'utf8');
  expect(notices).toContain(`FFmpeg ${version}`);
  const named = notices.match(/--enable-[\w-]+/g)!;
  expect(named).toContain('--enable-gpl');
  expect(configuration!.split(' ')).toEqual(expect.arrayContaining(named));
});
