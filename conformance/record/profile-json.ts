import { nestedValues, profileProblems } from '../targets/profile.ts';
import type { Findings } from './findings.ts';

/** What is told of a recording as a whole. */
export interface RecordingFacts {
  /** Without credentials. */
  readonly target: string;
  readonly server?: string | undefined;
  readonly startedAt: Date;
  readonly toolVersion: string;
}

/**
 * The text of a profile file with all that was found, and where it comes from. What no profile can hold becomes
 * unknown, so that the file can be used as it is.
 */
export async function profileJson(findings: Findings, facts: RecordingFacts): Promise<string> {
  await rejectUnusable(findings);
  const recorded = {
    target: facts.target,
    ...(facts.server !== undefined && { server: facts.server }),
    startedAt: facts.startedAt.toISOString(),
    toolVersion: facts.toolVersion,
    fields: Object.fromEntries(
      [...findings.values].map(([path, { at, evidence }]) => [path, { at, evidence }]),
    ),
    observations: Object.fromEntries(findings.observations),
    unknown: Object.fromEntries(findings.unknowns),
  };
  return `${JSON.stringify({ ...nestedValues(valuesOf(findings)), recorded }, undefined, 2)}\n`;
}

async function rejectUnusable(findings: Findings): Promise<void> {
  for (;;) {
    const problems = await profileProblems(valuesOf(findings));
    const before = findings.values.size;
    for (const [path, problem] of problems) {
      if (findings.values.has(path)) findings.reject(path, `what was seen fits into no profile: ${problem}`);
    }
    // A contradiction is told of one path only, where the other one may be the default.
    if (findings.values.size === before) return;
  }
}

function valuesOf(findings: Findings): Map<string, unknown> {
  return new Map([...findings.values].map(([path, { value }]) => [path, value]));
}
