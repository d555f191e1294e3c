import type { ClauseResult } from '../report.ts';
import { matches } from '../run/select.ts';
import type { KnownFailure } from './known-file.ts';

/** The known failures of one target on one day. */
export interface KnownJudge {
  /** What the list makes of a result: a failure, or a pass that took more than one attempt, becomes `known`. */
  judge(result: ClauseResult): ClauseResult;
  /** Sentences on entries that count no more. */
  readonly notes: readonly string[];
}

/**
 * @param targetNames what the target is called: any of them may stand in an entry
 * @param now an entry counts until the end of its last day, UTC
 */
export function knownJudge(
  entries: readonly KnownFailure[],
  targetNames: readonly string[],
  now: Date,
): KnownJudge {
  const today = now.toISOString().slice(0, 10);
  const ofTarget = entries.filter(({ target = '*' }) => targetNames.some((name) => matches(name, target)));
  const expired = ofTarget.filter(({ until }) => until !== undefined && until < today);
  const counting = ofTarget.filter((entry) => !expired.includes(entry));
  const entryFor = (list: readonly KnownFailure[], id: string) => list.find((entry) => matches(id, entry.id));
  return {
    judge(result) {
      const failed = result.verdict === 'fail' || result.flaky === true;
      if (!failed && result.verdict !== 'pass') return result;
      const counts = entryFor(counting, result.clause.id);
      if (counts !== undefined) return failed ? asKnown(result, counts) : withNote(result, counts, 'passes');
      const over = entryFor(expired, result.clause.id);
      return over !== undefined && failed ? withNote(result, over, 'expired') : result;
    },
    notes: expired.map(
      ({ id, until, reason }) =>
        `The known failure ${id} counted until ${until} and counts no more: ${reason}`,
    ),
  };
}

function asKnown(result: ClauseResult, entry: KnownFailure): ClauseResult {
  const { flaky: _flaky, ...rest } = withNote(result, entry, 'counts');
  return { ...rest, verdict: 'known' };
}

function withNote(
  result: ClauseResult,
  { reason, until }: KnownFailure,
  state: 'counts' | 'expired' | 'passes',
): ClauseResult {
  return { ...result, known: { reason, ...(until !== undefined && { until }), state } };
}
