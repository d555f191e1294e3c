import { talkerClips } from './clips.ts';
import type { Contender, ContenderId } from './contender.ts';
import { type Measurement, toMeasurement } from './measurement.ts';

/** What is to be measured. */
export interface AudioBenchOptions {
  /** Sizes of the room. */
  readonly members: readonly number[];
  /** Length of each measured stretch, in s. */
  readonly seconds: number;
  readonly rounds: number;
}

/** One contender with one size of the room: its rounds in order. */
export interface Cell {
  readonly contender: ContenderId;
  readonly members: number;
  readonly rounds: readonly Round[];
}

/** A measured stretch, or why there is none. */
export type Round = Measurement | { readonly error: string };

/** Told after each measured stretch. */
export type OnRound = (round: number, members: number, contender: Contender, result: Round) => void;

/**
 * Measures all contenders with all sizes, one at a time, round by round: what disturbs the machine for a
 * while then disturbs all of them.
 */
export async function runAudioBench(
  contenders: readonly Contender[],
  options: AudioBenchOptions,
  onRound: OnRound,
): Promise<Cell[]> {
  const { members: sizes, seconds, rounds } = options;
  const clips = talkerClips(Math.max(...sizes));
  const cells = sizes.flatMap((members) =>
    contenders.map((contender) => ({ contender, members, rounds: [] as Round[] })),
  );
  for (let round = 1; round <= rounds; round += 1) {
    for (const { contender, members, rounds: results } of cells) {
      const result = await measure(contender, { members, seconds, clips });
      results.push(result);
      onRound(round, members, contender, result);
    }
  }
  return cells.map(({ contender, ...cell }) => ({ contender: contender.id, ...cell }));
}

async function measure(contender: Contender, job: Parameters<Contender['measure']>[0]): Promise<Round> {
  try {
    return toMeasurement(await contender.measure(job));
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
