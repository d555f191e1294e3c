import { afterEach, describe, expect, it } from 'vitest';
import { killRunning, mosaic2 } from '../run/testing-command.ts';

afterEach(killRunning);

async function conformanceDefects(...args: string[]) {
  const { exit, output } = mosaic2('conformance-defects', ...args);
  return { code: await exit, ...output };
}

describe('mosaic2 conformance-defects', () => {
  it('exits with 0 and a line for each defect that is caught', async () => {
    const { code, out, err } = await conformanceDefects('--filter', 'stat-without-*,errors.bad-json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^stat-without-all +api +[\d.]+ +api\.stat$/m);
    expect(out).toMatch(/^bad-json-answered-500 +errors +[\d.]+ +errors\.bad-json$/m);
    expect(out).toMatch(/^2 of 2 defects caught/m);
  });

  it('gives what came of them as JSON', async () => {
    const { code, out } = await conformanceDefects('--filter', 'unknown-room-*', '--json');
    const { soundEmulator, defects } = JSON.parse(out) as Record<string, object>;
    expect({ code, soundEmulator }).toEqual({ code: 0, soundEmulator: { wrong: [], flaky: [] } });
    expect(defects).toMatchObject([{ defect: 'unknown-room-answered-200', chapter: 'errors', holds: true }]);
  });

  it.each(['0', '17', 'two', '-1'])('exits with 2 where it is to do %s side by side', async (jobs) => {
    const { code, err } = await conformanceDefects('--jobs', jobs);
    expect(code).toBe(2);
    expect(err).toContain('from 1 to 16');
  });

  it('exits with 2 where no defect is called so', async () => {
    const { code, err } = await conformanceDefects('--filter', 'no-such-defect');
    expect(code).toBe(2);
    expect(err).toContain('no-such-defect');
  });
});
