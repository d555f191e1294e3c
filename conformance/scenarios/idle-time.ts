import { cpus } from 'node:os';

/** With less time left, the processes of a server on this machine have waited for each other. */
const saturatedShare = 0.05;

/**
 * Begins to watch how much time the processors of this machine have left.
 * @param times of each processor until now, in any unit
 * @returns asks whether they had none since then; false where the system does not tell
 */
export function watchIdleTime(
  times: () => readonly Readonly<Record<string, number>>[] = () => cpus().map((cpu) => ({ ...cpu.times })),
): () => boolean {
  const sums = () => {
    const all = times();
    const idle = all.reduce((sum, one) => sum + (one.idle ?? 0), 0);
    const total = all.reduce((sum, one) => sum + Object.values(one).reduce((a, b) => a + b, 0), 0);
    return { idle, total };
  };
  const before = sums();
  return () => {
    const now = sums();
    const passed = now.total - before.total;
    return passed > 0 && (now.idle - before.idle) / passed < saturatedShare;
  };
}
