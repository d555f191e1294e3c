import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getFFmpegInfo } from 'node-av';
import { expect, it } from 'vitest';

it('THIRD-PARTY-NOTICES.md says of FFmpeg what the library says of itself', () => {
  const { version, configuration } = getFFmpegInfo();
  const notices = readFileSync(join(import.meta.dirname, '../../THIRD-PARTY-NOTICES.md'), 'utf8');
  expect(notices).toContain(`FFmpeg ${version}`);
  const named = notices.match(/--enable-[\w-]+/g)!;
  expect(named).toContain('--enable-gpl');
  expect(configuration.split(' ')).toEqual(expect.arrayContaining(named));
});
