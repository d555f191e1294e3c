import { levelsOf, type SentTones, type ToneLevel } from '../analysis/tone-levels.ts';
import type { HeatMapEvidence } from '../report.ts';
import type { RoomRecording } from './room-recording.ts';

/** A member that shall not be heard must be at least this far down; below it, Opus itself is louder. */
export const notHeardDb = -50;
/** A member that shall be heard must be at most this far down. */
export const heardDb = -12;

/** When all are near full scale, a mixer has to turn them down: five of them by 14 dB. */
export const heardLoudDb = -20;

/** Who is heard how loud in which track. */
export interface HeardMatrix {
  /** `all`, then the members. */
  readonly tracks: readonly string[];
  readonly members: readonly string[];
  /** By track, then by member. */
  readonly levels: readonly (readonly ToneLevel[])[];
}

export function measureTones(
  recorded: Pick<RoomRecording, 'tracks'>,
  sent: readonly SentTones[],
): HeardMatrix {
  return {
    tracks: recorded.tracks.map(({ label }) => label),
    members: sent.map(({ name }) => name),
    levels: recorded.tracks.map(({ recording }) => levelsOf(recording.pcm, sent)),
  };
}

/** Levels of members in their own tracks. */
export function ownLevels(matrix: HeardMatrix): ToneLevel[] {
  return matrix.members.map((name, column) => matrix.levels[matrix.tracks.indexOf(name)]![column]!);
}

/** Levels of members in the tracks of others and in `all`, with where that is. */
export function otherLevels(matrix: HeardMatrix): (ToneLevel & { readonly track: string })[] {
  return matrix.tracks.flatMap((track, row) =>
    matrix.members
      .map((_, column) => ({ ...matrix.levels[row]![column]!, track }))
      .filter(({ name }) => name !== track),
  );
}

/** @param leastDb what those who shall be heard must have */
export function heatMap(title: string, matrix: HeardMatrix, leastDb = heardDb): HeatMapEvidence {
  return {
    type: 'heat-map',
    title,
    rows: matrix.tracks,
    columns: matrix.members,
    limitsDb: { heardAtLeast: leastDb, notHeardAtMost: notHeardDb },
    gainsDb: matrix.levels.map((row) => row.map((level) => level.gainDb)),
    expected: matrix.tracks.map((track) =>
      matrix.members.map((member) => (member === track ? 'not-heard' : 'heard')),
    ),
  };
}

/** Of the half seconds of a recording, as many as may be spoilt by a lost or doubled frame. */
const maxSpoiltShare = 0.3;

/** True: heard not only on the whole but nearly all the time; false for a voice that comes and goes. */
export function isSteadilyHeard(level: ToneLevel, leastDb: number): boolean {
  return shareOf(level, (gainDb) => gainDb < leastDb - 6) <= maxSpoiltShare;
}

/** True: absent not only on the whole but nearly all the time; false for a leak that comes and goes. */
export function isSteadilyAbsent(level: ToneLevel): boolean {
  return shareOf(level, (gainDb) => gainDb > notHeardDb + 15) <= maxSpoiltShare;
}

/** What the clauses on the own voice decide by: down on the whole, and at no time back. */
export function isAbsent(level: ToneLevel): boolean {
  return level.gainDb <= notHeardDb && isSteadilyAbsent(level);
}

function shareOf({ segmentsDb }: ToneLevel, counts: (gainDb: number) => boolean): number {
  return segmentsDb.filter(counts).length / segmentsDb.length;
}

/** The quietest of those that shall be heard, or the loudest of those that shall not: what a verdict hangs on. */
export function extreme<T extends { readonly gainDb: number }>(
  levels: readonly T[],
  which: 'quietest' | 'loudest',
): T {
  const sign = which === 'loudest' ? 1 : -1;
  return levels.reduce((worst, level) => (sign * (level.gainDb - worst.gainDb) > 0 ? level : worst));
}

export function db(value: number): string {
  return `${value.toFixed(1)} dB`;
}
