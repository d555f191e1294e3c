import type { Outcome } from '../../run/clause.ts';

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
