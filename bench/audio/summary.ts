import { median } from '../../conformance/analysis/statistics.ts';
import type { Bar, Contender, ContenderId } from './contender.ts';
import type { Cell, Round } from './run.ts';

/** What all rounds of one contender with one size of the room come to. */
export interface Figure {
  readonly contender: ContenderId;
  readonly members: number;
  /** Median of the valid rounds, in CPU seconds per participant-second; undefined where there is none. */
  readonly cpuPerParticipantSecond: number | undefined;
  /** Largest less smallest of the valid rounds, as a share of the median. */
  readonly spread: number;
  /** What was wrong with the other rounds. */
  readonly problems: readonly string[];
  readonly bar?: BarVerdict;
}

/** A promise and whether it is kept; undefined where nothing could be measured. */
export interface BarVerdict extends Bar {
  readonly holds: boolean | undefined;
}

/** Boils the rounds of a cell down to one figure. */
export function figureOf(cell: Cell, contender: Contender): Figure {
  const values = cell.rounds.flatMap((round) => validValue(round) ?? []);
  const middle = values.length === 0 ? undefined : median(values);
  const figure = {
    contender: cell.contender,
    members: cell.members,
    cpuPerParticipantSecond: middle,
    spread: middle === undefined ? 0 : (Math.max(...values) - Math.min(...values)) / middle,
    problems: cell.rounds.flatMap((round) => problemOf(round) ?? []),
  };
  const { bar } = contender;
  if (bar === undefined || bar.members !== cell.members) return figure;
  const holds = middle === undefined ? undefined : middle <= bar.cpuPerParticipantSecond;
  return { ...figure, bar: { ...bar, holds } };
}

function validValue(round: Round): number | undefined {
  return 'error' in round || round.problem !== undefined ? undefined : round.cpuPerParticipantSecond;
}

function problemOf(round: Round): string | undefined {
  return 'error' in round ? round.error : round.problem;
}
