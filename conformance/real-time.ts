import { spawn } from 'node:child_process';

/**
 * Real-time priorities of the processes whose times are what is measured; see sched(7). Bots go first: they are the
 * clock that everything is measured by, and never work for long.
 */
export const realTimePriorities = { bots: 3, emulator: 2 } as const;

/**
 * Lets a process, and the threads that it starts from now on, go before everything without a real-time priority:
 * `SCHED_RR`, by the command `chrt` of util-linux. A priority of the usual kind (setpriority(2)) is not enough: Linux
 * shares processors among sessions first, whatever the priorities in them, and who wakes up waits for its turn.
 *
 * Where this is not permitted (it takes root or CAP_SYS_NICE), or there is no such command, nothing changes: what other
 * work does to the times is measured, and told by the clauses. The engine's own threads stay as they are.
 * @param pid default: of this process
 * @returns whether it worked
 */
export function goBeforeOthers(priority: number, pid = process.pid): Promise<boolean> {
  return new Promise((resolve) => {
    const chrt = spawn('chrt', ['--rr', '--pid', String(priority), String(pid)], { stdio: 'ignore' });
    chrt.on('error', () => resolve(false));
    chrt.on('exit', (code) => resolve(code === 0));
  });
}
