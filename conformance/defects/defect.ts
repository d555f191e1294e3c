import type { EmulatorParts, Profile } from '../../emulator/index.ts';

/** A deliberately broken emulator: one realistic mistake, which the suite has to catch. */
export interface Defect {
  readonly description: string;
  readonly parts?: EmulatorParts;
  /** Where the mistake is one of the decisions; default: as decided. */
  readonly profile?: Profile;
  /** Ids of the clauses that name it: they have to fail. */
  readonly caughtBy: readonly [string, ...string[]];
  /** Ids of clauses close by that it does not touch: they must not fail. */
  readonly untouched: readonly string[];
}

/** Defects by name. */
export type Defects = Readonly<Record<string, Defect>>;
