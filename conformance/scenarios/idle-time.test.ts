import { expect, it } from 'vitest';
import { watchIdleTime } from './idle-time.ts';

it.each([
  ['have time left', { user: 300, sys: 80, idle: 20 }, false],
  ['have hardly any', { user: 380, sys: 4, idle: 16 }, true],
  ['have none', { user: 380, sys: 17, idle: 3 }, true],
  ['tell nothing', { user: 0, sys: 0, idle: 0 }, false],
])('knows whether processors %s', (_case, passed, isSaturated) => {
  let now = { user: 1000, sys: 1000, idle: 1000 };
  const ask = watchIdleTime(() => [now, now]);
  now = { user: now.user + passed.user, sys: now.sys + passed.sys, idle: now.idle + passed.idle };
  expect(ask()).toBe(isSaturated);
});
