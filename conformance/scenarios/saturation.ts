import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** With less time left, the processes of a server on this machine have waited for each other. */
const saturatedShare = 0.05;

/** With more of its periods cut short by its quota, those of a server in this container have stood still together. */
const throttledShare = 0.05;

/** Where Linux counts the periods of a container's quota: control groups of version 2, and of version 1. */
const quotaFiles = ['/sys/fs/cgroup/cpu.stat', '/sys/fs/cgroup/cpu/cpu.stat'];

/** Counted from some moment on. */
export interface ProcessorCounts {
  /** Time of all processors, in any unit, and how much of it nothing ran. */
  readonly total: number;
  readonly idle: number;
  /** Periods of the container's quota, and those of them in which nothing ran any more; 0 without a quota. */
  readonly periods: number;
  readonly throttled: number;
}

/**
 * Begins to watch how much time the processors of this machine, or the quota of this container, leave.
 * @returns asks whether they left none since then; false where the system does not tell
 */
export function watchSaturation(read: () => ProcessorCounts = processorCounts): () => boolean {
  const before = read();
  return () => {
    const now = read();
    const passed = now.total - before.total;
    const periods = now.periods - before.periods;
    return (
      (passed > 0 && (now.idle - before.idle) / passed < saturatedShare) ||
      (periods > 0 && (now.throttled - before.throttled) / periods > throttledShare)
    );
  };
}

/** @param files the first that can be read counts for the container, if any does */
export function processorCounts(files: readonly string[] = quotaFiles): ProcessorCounts {
  const times = cpus().map((cpu) => cpu.times);
  const text = files.map(textOf).find((found) => found !== undefined) ?? '';
  return {
    total: sumOf(times.flatMap((one) => Object.values(one))),
    idle: sumOf(times.map(({ idle }) => idle)),
    periods: field(text, 'nr_periods'),
    throttled: field(text, 'nr_throttled'),
  };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function field(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
