import type { ClauseDescription, ClauseResult, KnownNote, Report, ShardOfReport } from '../report.ts';
import {
  boolean,
  type Check,
  list,
  number,
  object,
  oneOf,
  optional,
  text,
  wholeNumber,
  withDefault,
} from './check.ts';
import { evidenceSchema } from './evidence-schema.ts';

const clause: Check<ClauseDescription> = object<ClauseDescription>({
  id: text,
  title: text,
  level: oneOf('documented', 'client-required', 'undocumented'),
  source: text,
  requirement: text,
  statements: withDefault(list(text), []),
  needs: withDefault(list(text), []),
});

const result: Check<ClauseResult> = object<ClauseResult>({
  clause,
  verdict: oneOf('pass', 'fail', 'known', 'observed', 'not-applicable', 'error'),
  expected: optional(text),
  actual: optional(text),
  reason: optional(text),
  flaky: optional(boolean),
  attempts: optional(wholeNumber(1, 1000)),
  known: optional(
    object<KnownNote>({
      reason: text,
      until: optional(text),
      state: oneOf('counts', 'expired', 'passes'),
    }),
  ),
  durationMs: number,
  evidence: list(evidenceSchema),
  reproduce: text,
});

/** A report as `report.json` holds it. What it does not know of, another version may have: fields are left out. */
export const reportSchema: Check<Report> = object<Report>({
  toolVersion: text,
  startedAt: text,
  durationMs: number,
  seed: number,
  target: object<Report['target']>({ name: text, server: optional(text) }),
  environment: object<Report['environment']>({ node: text, platform: text }),
  allowFlaky: optional(boolean),
  shard: optional(
    object<ShardOfReport>({
      index: wholeNumber(1, 10_000),
      count: wholeNumber(1, 10_000),
      planned: list(text),
    }),
  ),
  notes: optional(list(text)),
  results: list(result),
});
