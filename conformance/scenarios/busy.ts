import { percentile } from '../analysis/statistics.ts';
import { type Judgement, judge, type Outcome } from '../run/clause.ts';
import type { RunContext } from '../run/context.ts';

/** Bots that are later than this measure their own machine, where times of some ten milliseconds matter. */
const maxLatenessMs = 3;
/**
 * Sound and pictures that are later than this may be missing in a mix by no fault of the server: it can wait for them
 * no longer.
 */
export const maxStallMs = 40;

/**
 * A failure that may have come about because this machine was too busy is none.
 * @param latenessMs how late the bots themselves were
 * @param limitMs how late they may be; default 3, for times that are measured to some ten milliseconds
 */
export function unlessBusy(outcome: Outcome, latenessMs: number, limitMs = maxLatenessMs): Outcome {
  if (outcome.verdict !== 'fail' || latenessMs <= limitMs) return outcome;
  const { actual = '', evidence = [] } = outcome;
  const reason = `this machine is too busy to measure it: the bots were late by ${latenessMs.toFixed(1)} ms; ${actual}`;
  return { verdict: 'error', reason, evidence };
}

/** What is missing, coarse, or stands still, may have come too late from here. */
export function unlessLate(outcome: Outcome, { latenessMostMs }: Pick<Lateness, 'latenessMostMs'>): Outcome {
  return unlessBusy(outcome, latenessMostMs, maxStallMs);
}

/** Bots, server and analysis wait for each other’s turns: a time may be longer by some times what the bots show. */
const busyFactor = 10;

/** How often is measured until the bots were in time. */
const maxAttempts = 3;
/** No attempt begins later than this after the first: a clause that takes a minute is given up. */
const lastAttemptMs = 30_000;

/** How late the bots were while something was measured. */
export interface Lateness {
  /** 95 of 100 packets. */
  readonly latenessP95Ms: number;
  /** And at the worst. */
  readonly latenessMostMs: number;
}

/** @param sinceMs of the monotonic clock; only half a minute is remembered */
export async function latenessSince({ bots }: RunContext, sinceMs: number): Promise<Lateness> {
  const lateness = await bots.lateness(sinceMs);
  return {
    // Nobody may have sent anything.
    latenessP95Ms: lateness.length === 0 ? 0 : percentile(lateness, 95),
    latenessMostMs: lateness.reduce((most, one) => Math.max(most, one), 0),
  };
}

/**
 * Measures again what a busy machine has disturbed, at most twice.
 * @param isInTime default: no packet was so late that it may be missing
 * @returns the attempt that was in time, or the one in which the bots were least late at the worst
 */
export async function untilInTime<T extends Pick<Lateness, 'latenessMostMs'>>(
  measure: () => Promise<T>,
  isInTime: (measured: T) => boolean = ({ latenessMostMs }) => latenessMostMs <= maxStallMs,
): Promise<T> {
  let best: T | undefined;
  const startedMs = performance.now();
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (attempt > 0 && performance.now() - startedMs > lastAttemptMs) break;
    const one = await measure();
    if (isInTime(one)) return one;
    if (best === undefined || one.latenessMostMs < best.latenessMostMs) best = one;
  }
  return best!;
}

/**
 * Judges the longest of many times, which a single moment of a busy machine makes longer.
 * @param stallMs how late the bots may be at such a moment
 */
export function judgeLongest(
  valueMs: number,
  barMs: number,
  { latenessP95Ms, latenessMostMs }: Lateness,
  judgement: Judgement,
  stallMs = maxStallMs,
): Outcome {
  const outcome = judgeTime(valueMs, barMs, latenessP95Ms, judgement);
  return valueMs > barMs + busyFactor * latenessMostMs
    ? outcome
    : unlessBusy(outcome, latenessMostMs, stallMs);
}

/**
 * Judges a time, which a busy machine makes longer. One that is far beyond what the bots were late by is the
 * server's, on any machine.
 * @param latenessMs how late the bots were, 95 of 100 packets
 */
export function judgeTime(valueMs: number, barMs: number, latenessMs: number, judgement: Judgement): Outcome {
  const outcome = judge(valueMs <= barMs, judgement);
  return valueMs > barMs + busyFactor * latenessMs ? outcome : unlessBusy(outcome, latenessMs);
}
