import { expect, it } from 'vitest';
import { certificateFor } from './certificate.ts';

const client = (hex: string) => [{ hash: 'sha256', hex }];

it('a client never meets the same certificate twice in a row, and there are two in all', async () => {
  const shown = [];
  for (let i = 0; i < 4; i += 1) shown.push((await certificateFor(client('aa'))).fingerprint);
  expect(shown[0]).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(shown[1]).not.toBe(shown[0]);
  expect(shown.slice(2)).toEqual(shown.slice(0, 2));
  expect((await certificateFor(client('bb'))).fingerprint).toBe(shown[0]);
  expect((await certificateFor([])).fingerprint).toBe(shown[0]);
});
