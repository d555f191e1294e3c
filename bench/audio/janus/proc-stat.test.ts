import { describe, expect, it } from 'vitest';
import { cpuSecondsOf, cpuSecondsOfStat } from './proc-stat.ts';

const rest = 'S 1 42 42 0 -1 4194304 100 0 0 0 321 45 7 8 20 0 9 0 1234 5678 90';

describe('CPU time from /proc/PID/stat', () => {
  it('is user and system time of the process, not of its children', () => {
    expect(cpuSecondsOfStat(`42 (janus) ${rest}`)).toBeCloseTo(3.66);
  });

  it.each(['(sd-pam)', '(a b)', '(x) R 1 (y)', '(ends with ) )'])('is found behind the name %s', (name) => {
    expect(cpuSecondsOfStat(`42 ${name} ${rest}`)).toBeCloseTo(3.66);
  });

  it.each(['', '42 (janus) S 1 2', '42 janus S', 'no such file'])('is refused from “%s”', (text) => {
    expect(() => cpuSecondsOfStat(text)).toThrow(/not a line of/);
  });

  it.runIf(process.platform === 'linux')('grows with what this process uses', () => {
    const before = cpuSecondsOf(process.pid);
    const usedBefore = process.cpuUsage();
    while (process.cpuUsage(usedBefore).user < 60_000) Math.sqrt(2);
    expect(cpuSecondsOf(process.pid) - before).toBeGreaterThan(0.03);
  });
});
