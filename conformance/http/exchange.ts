import type { HttpEvidence } from '../report.ts';

/** An answer, with all that is needed to show it and to repeat the call. */
export interface Exchange {
  readonly status: number;
  readonly body: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
  readonly evidence: HttpEvidence;
}

/** Longer bodies are cut in the evidence. */
const maxShownCharacters = 4000;

/** @param facts the call and its answer, without a password in its URL and curl line */
export function exchange(facts: HttpEvidence): Exchange {
  return {
    status: facts.status,
    body: facts.responseBody,
    json: parseJson(facts.responseBody),
    evidence: { ...facts, responseBody: facts.responseBody.slice(0, maxShownCharacters) },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
