import { readFileSync } from 'node:fs';

/** Linux counts CPU time for programs in ticks of 10 ms on every machine that Node runs on (USER_HZ). */
const ticksPerSecond = 100;

/**
 * CPU time of a process and all its threads so far, in s: `utime` and `stime` of `/proc/PID/stat`
 * (proc(5), fields 14 and 15).
 * @throws Error where the text is none of that kind
 */
export function cpuSecondsOfStat(stat: string): number {
  // The name in field 2 may hold spaces and brackets: what counts begins after the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
  if (!stat.includes(')') || !Number.isInteger(userTicks) || !Number.isInteger(systemTicks)) {
    throw new Error(`not a line of /proc/PID/stat: ${stat.slice(0, 80)}`);
  }
  return (userTicks + systemTicks) / ticksPerSecond;
}

/**
 * The same of a running process. Linux only.
 * @throws Error where there is no such process
 */
export function cpuSecondsOf(pid: number): number {
  return cpuSecondsOfStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
