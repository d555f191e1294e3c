import { catalogue, runConformance, startEmbeddedTarget } from '../index.ts';
import type { ClauseResult } from '../report.ts';
import { expectedProfile } from '../targets/profile.ts';
import { type DefectName, defects } from './index.ts';
import { type Proof, proofOf } from './proof.ts';

/** How the suite is run on emulators. */
export interface ProofOptions {
  /** Default 1: the same sound in every run. */
  readonly seed?: number;
  /** Ends it early. */
  readonly signal?: AbortSignal | undefined;
}

/** A clause that could not be measured, on a machine that was busy, is measured so often. */
const maxAttempts = 3;

/** Runs the suite on an emulator with one defect: only the clauses that the defect names. */
export async function proveDefect(name: DefectName, options: ProofOptions = {}): Promise<Proof> {
  const { caughtBy, untouched } = defects[name];
  const startedMs = performance.now();
  const results = await measured(name, [...caughtBy, ...untouched], options);
  return proofOf(name, defects[name], results, performance.now() - startedMs);
}

/** What the suite says of the emulator as it should be. */
export interface SoundProof {
  /** What did not pass. */
  readonly wrong: readonly ClauseResult[];
  /** Ids of what passed only when it was measured again. */
  readonly flaky: readonly string[];
}

/** Runs the suite on the emulator as it should be, with all clauses that some defects name. */
export async function proveSound(
  names: readonly DefectName[],
  options: ProofOptions = {},
): Promise<SoundProof> {
  const ids = new Set(names.flatMap((name) => [...defects[name].caughtBy, ...defects[name].untouched]));
  const results = await measured(undefined, [...ids], options);
  const failed = results.filter(isWrong).map(({ clause }) => clause.id);
  if (failed.length === 0) return { wrong: [], flaky: [] };
  const wrong = (await measured(undefined, failed, options)).filter(isWrong);
  return { wrong, flaky: failed.filter((id) => !wrong.some(({ clause }) => clause.id === id)) };
}

function isWrong({ verdict }: ClauseResult): boolean {
  return verdict !== 'pass' && verdict !== 'observed';
}

/** True where the defect shows in answers alone: then others may be looked at beside it. */
export function needsNoMedia(name: DefectName): boolean {
  const ids: readonly string[] = [...defects[name].caughtBy, ...defects[name].untouched];
  return catalogue
    .filter(({ id }) => ids.includes(id))
    .every(({ needs }) => needs.every((need) => need !== 'whip' && need !== 'whep'));
}

async function measured(
  defect: DefectName | undefined,
  ids: readonly string[],
  { seed = 1, signal }: ProofOptions,
): Promise<ClauseResult[]> {
  const results = new Map<string, ClauseResult>();
  // What the documentation leaves open is judged by what the emulator decides: a defect may lie there, too.
  const profile = await expectedProfile('{}', 'the emulator’s own profile');
  let open = ids;
  for (let attempt = 0; attempt < maxAttempts && open.length > 0; attempt += 1) {
    const target = await startEmbeddedTarget(defect);
    try {
      const selection = { filter: open, exclude: [] };
      const report = await runConformance({ target, seed, selection, profile, ...(signal && { signal }) });
      for (const result of report.results) results.set(result.clause.id, result);
    } finally {
      await target.close();
    }
    signal?.throwIfAborted();
    open = open.filter((id) => results.get(id)?.verdict === 'error');
  }
  return [...results.values()];
}
