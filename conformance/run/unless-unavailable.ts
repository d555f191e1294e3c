import { isUnavailable } from '../http/unavailable.ts';
import type { Evidence, HttpEvidence } from '../report.ts';
import type { Outcome } from './clause.ts';
import type { Witnessed } from './witnessed.ts';

/**
 * A failure is none where a call that it stands on was answered by a gateway, or put off: what the server would have said
 * to it is not known, nor whether the call was carried out.
 */
export function unlessUnavailable(outcome: Outcome, { calls }: Witnessed): Outcome {
  if (outcome.verdict !== 'fail') return outcome;
  const { actual = '', evidence = [] } = outcome;
  const made = [...calls.map(({ call }) => call), ...evidence.filter(isHttp)];
  const call = made.find(isUnavailable);
  if (call === undefined) return outcome;
  const { method, url, requestBody = '', status } = call;
  const shown = `${method} ${new URL(url).pathname} ${requestBody.slice(0, 100)}`.trim();
  const reason = `${shown} was answered ${status}, which is a gateway’s word or puts it off; ${actual}`;
  return { verdict: 'error', reason, evidence };
}

function isHttp(evidence: Evidence): evidence is HttpEvidence {
  return evidence.type === 'http';
}
