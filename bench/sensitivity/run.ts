import type { RoomKind, SensitivityRow } from './table.ts';
import { Trial } from './trial.ts';

/** What is tried. */
export interface SensitivityOptions {
  /** How many are in a room, and what its tracks have. */
  readonly rooms: readonly { readonly members: number; readonly bitratesKbps: readonly number[] }[];
  /** Shares of lost packets, 0 to 1. */
  readonly losses: readonly number[];
  /** In dB, the loudest first. */
  readonly leaksDb: readonly number[];
  /** How often each is tried, each time with other voices and other losses. */
  readonly trials: number;
}

/** One row to come. */
export interface RowJob extends RoomKind {
  readonly leaksDb: readonly number[];
  readonly trials: number;
}

/** Every kind of room, in the order of the page. */
export function rowJobs(options: SensitivityOptions): RowJob[] {
  const { leaksDb, trials } = options;
  return options.rooms.flatMap(({ members, bitratesKbps }) =>
    options.losses.flatMap((loss) =>
      bitratesKbps.map((bitrateKbps) => ({ members, bitrateKbps, loss, leaksDb, trials })),
    ),
  );
}

/** Tries one kind of room with every leak, and without one. The same job gives the same row. */
export function tryRoom({ members, bitrateKbps, loss, leaksDb, trials }: RowJob): SensitivityRow {
  const found = leaksDb.map((leakDb) => ({ leakDb, times: 0 }));
  let falseAlarms = 0;
  for (let seed = 1; seed <= trials; seed += 1) {
    const trial = new Trial({ members, bitrateKbps, loss, seed });
    for (const level of found) if (trial.findsLeak(level.leakDb)) level.times += 1;
    if (trial.findsLeak(Number.NEGATIVE_INFINITY)) falseAlarms += 1;
  }
  return { members, bitrateKbps, loss, trials, falseAlarms, found };
}
