import type { SensitivityRow } from './table.ts';
import { Trial } from './trial.ts';

/** What is tried. */
export interface SensitivityOptions {
  readonly members: readonly number[];
  readonly bitratesKbps: readonly number[];
  /** Shares of lost packets, 0 to 1. */
  readonly losses: readonly number[];
  /** In dB, the loudest first. */
  readonly leaksDb: readonly number[];
  /** How often each is tried, each time with other voices and other losses. */
  readonly trials: number;
}

/** Tries every kind of room with every leak, and without one. The same options give the same rows. */
export function* runSensitivity(options: SensitivityOptions): Generator<SensitivityRow> {
  const { leaksDb, trials } = options;
  for (const members of options.members) {
    for (const loss of options.losses) {
      for (const bitrateKbps of options.bitratesKbps) {
        const found = leaksDb.map((leakDb) => ({ leakDb, times: 0 }));
        let falseAlarms = 0;
        for (let seed = 1; seed <= trials; seed += 1) {
          const trial = new Trial({ members, bitrateKbps, loss, seed });
          for (const level of found) if (trial.findsLeak(level.leakDb)) level.times += 1;
          if (trial.findsLeak(Number.NEGATIVE_INFINITY)) falseAlarms += 1;
        }
        yield { members, bitrateKbps, loss, trials, falseAlarms, found };
      }
    }
  }
}
