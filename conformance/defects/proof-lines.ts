import { oneLine } from '../reporters/text.ts';
import type { Proof } from './proof.ts';
import type { SoundProof } from './prove.ts';

/** The table of proofs for people, line by line as they come. */
export class ProofTable {
  readonly #width: number;

  /** @param names of all defects that will come */
  constructor(names: readonly string[]) {
    this.#width = Math.max('defect'.length, ...names.map((name) => name.length));
  }

  get header(): string {
    return this.#row('defect', 'chapter', 'seconds', 'caught by');
  }

  /** One line, and one more for each thing that is not as it should be. */
  lines(proof: Proof): string[] {
    const { defect, chapter, durationMs, caughtBy, missedBy, wronglyFailed, unmeasured } = proof;
    const caught = caughtBy.length === 0 ? 'nothing' : caughtBy.join(', ');
    const notes = [
      ...missedBy.map((text) => `not caught by ${text}`),
      ...wronglyFailed.map((text) => `failed although untouched: ${text}`),
      ...unmeasured.map((text) => `untouched, and not measured: ${text}`),
    ];
    return [
      this.#row(defect, chapter, (durationMs / 1000).toFixed(1), caught),
      ...notes.map((note) => `  ${oneLine(note)}`),
    ];
  }

  #row(defect: string, chapter: string, seconds: string, caught: string): string {
    return `${defect.padEnd(this.#width)}  ${chapter.padEnd('publish'.length)}  ${seconds.padStart('seconds'.length)}  ${caught}`;
  }
}

/** What is wrong, or was at first, with the emulator that should be sound. */
export function soundLines({ wrong, flaky }: SoundProof): string[] {
  return [
    ...wrong.map(({ clause, verdict, actual, reason }) =>
      oneLine(`the sound emulator: ${clause.id} ${verdict}: ${reason ?? actual ?? ''}`),
    ),
    ...flaky.map((id) => `the sound emulator: ${id} passed only when it was measured again`),
  ];
}

/** The last line. */
export function summaryLine(proofs: readonly Proof[]): string {
  const wrong = proofs.filter(({ holds }) => !holds).length;
  const seconds = proofs.reduce((sum, { durationMs }) => sum + durationMs / 1000, 0);
  const caught = `${proofs.length - wrong} of ${proofs.length} defects caught by the clauses that name them`;
  return `${caught}; ${seconds.toFixed(0)} s`;
}
