import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { processorCounts, watchSaturation } from './saturation.ts';

it.each([
  ['processors have time left', { total: 400, idle: 20 }, false],
  ['processors have hardly any', { total: 400, idle: 19 }, true],
  ['processors have none', { total: 400, idle: 0 }, true],
  ['the system tells nothing', {}, false],
  ['a quota was used up in 5 of 100 periods', { total: 400, idle: 300, periods: 100, throttled: 5 }, false],
  ['a quota was used up in 6 of 100 periods', { total: 400, idle: 300, periods: 100, throttled: 6 }, true],
])('knows whether time was left: %s', (_case, passed, isSaturated) => {
  const before = { total: 3000, idle: 1000, periods: 50, throttled: 50 };
  const { total = 0, idle = 0, periods = 0, throttled = 0 } = passed as Partial<typeof before>;
  let now = before;
  const ask = watchSaturation(() => now);
  now = {
    total: before.total + total,
    idle: before.idle + idle,
    periods: before.periods + periods,
    throttled: before.throttled + throttled,
  };
  expect(ask()).toBe(isSaturated);
});

it('reads the counts of either version of control groups, and does without', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mosaic2-saturation-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'cpu.stat');
  await writeFile(file, 'usage_usec 9\nnr_periods 22\nnr_throttled 20\nthrottled_usec 741505\n');
  expect(processorCounts([join(folder, 'none'), file])).toMatchObject({ periods: 22, throttled: 20 });
  await writeFile(file, 'usage_usec 9\nuser_usec 5\nsystem_usec 4\n');
  expect(processorCounts([file])).toMatchObject({ periods: 0, throttled: 0 });
  const { total, idle, ...quota } = processorCounts([join(folder, 'none')]);
  expect(quota).toEqual({ periods: 0, throttled: 0 });
  expect(total).toBeGreaterThan(idle);
});
