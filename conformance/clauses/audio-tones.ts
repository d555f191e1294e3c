import type { Clause, Outcome } from '../run/clause.ts';
import { judge, observed } from '../run/clause.ts';
import type { Scenario } from '../run/context.ts';
import { maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import {
  db,
  extreme,
  type HeardMatrix,
  heardDb,
  heardLoudDb,
  heatMap,
  isSteadilyAbsent,
  isSteadilyHeard,
  notHeardDb,
  otherLevels,
  ownLevels,
} from '../scenarios/heard-matrix.ts';
import { loudRoom, quietRoom, type ToneRoom } from '../scenarios/tone-rooms.ts';

const mixingSource = 'introduction, on the tracks all and STREAM_NAME';

/** What a clause on a room of tones says of itself, and the room it looks at. */
interface ToneClauseOptions extends Pick<Clause, 'id' | 'title' | 'requirement' | 'statements'> {
  readonly room: Scenario<ToneRoom>;
  /** What those who shall be heard must have in this room. */
  readonly leastDb: number;
}

function toneClause(options: ToneClauseOptions, verdict: (matrix: HeardMatrix) => Outcome): Clause {
  const { room, leastDb, ...description } = options;
  return {
    ...description,
    level: 'documented',
    source: mixingSource,
    needs: ['whip', 'whep'],
    async run(context) {
      const { matrix, sound, latenessMs } = await context.use(room);
      const evidence = [heatMap('Who is heard in which track', matrix, leastDb), sound];
      return unlessBusy({ ...verdict(matrix), evidence }, latenessMs, maxStallMs);
    },
  };
}

function minusSelf(options: ToneClauseOptions): Clause {
  return toneClause(options, (matrix) => {
    const levels = ownLevels(matrix);
    const own = extreme(levels, 'loudest');
    const comesAndGoes = levels.find((level) => !isSteadilyAbsent(level));
    return judge(own.gainDb <= notHeardDb && comesAndGoes === undefined, {
      expected: `nobody above ${db(notHeardDb)} in the own track, at no time`,
      actual: `loudest in the own track: ${own.name} at ${db(own.gainDb)}${comesAndGoes ? `; ${comesAndGoes.name} comes and goes, up to ${db(comesAndGoes.highestDb)}` : ''}`,
    });
  });
}

function othersHeard(options: ToneClauseOptions): Clause {
  return toneClause(options, (matrix) => {
    const others = otherLevels(matrix).filter(({ track }) => track !== 'all');
    return allHeard(others, options.leastDb, 'everybody else in every member’s track');
  });
}

function everybodyHeard(options: ToneClauseOptions): Clause {
  return toneClause(options, (matrix) => {
    const everybody = otherLevels(matrix).filter(({ track }) => track === 'all');
    return allHeard(everybody, options.leastDb, 'everybody');
  });
}

function allHeard(levels: ReturnType<typeof otherLevels>, leastDb: number, who: string): Outcome {
  const worst = extreme(levels, 'quietest');
  const comesAndGoes = levels.find((level) => !isSteadilyHeard(level, leastDb));
  return judge(worst.gainDb >= leastDb && comesAndGoes === undefined, {
    expected: `${who} at ${db(leastDb)} or more, all the time`,
    actual: `quietest: ${worst.name} in ${worst.track} at ${db(worst.gainDb)}${comesAndGoes ? `; ${comesAndGoes.name} in ${comesAndGoes.track} comes and goes` : ''}`,
  });
}

/** Who is heard by whom, measured with tones, in a quiet room and in one that is driven over full scale. */
export const toneClauses: readonly Clause[] = [
  everybodyHeard({
    id: 'audio.all.everybody',
    title: 'everybody is heard in the track all',
    requirement: 'Whoever listens to the track all, as the audience does, hears every participant.',
    statements: ['page.mix.all', 'page.mix.members-frames', 'page.intro.one-of-many', 'page.intro.opus'],
    room: quietRoom,
    leastDb: heardDb,
  }),
  minusSelf({
    id: 'audio.minus-self.quiet-tones',
    title: 'nobody hears itself, quiet tones',
    requirement:
      'In the track of a participant everybody is heard but this participant; measured with quiet tones.',
    statements: ['page.mix.own.without-self'],
    room: quietRoom,
    leastDb: heardDb,
  }),
  othersHeard({
    id: 'audio.others.quiet-tones',
    title: 'everybody else is heard, quiet tones',
    requirement: 'In the track of a participant all others are heard; measured with quiet tones.',
    statements: ['page.mix.own.others', 'page.room.add-stream.play'],
    room: quietRoom,
    leastDb: heardDb,
  }),
  everybodyHeard({
    id: 'audio.all.everybody-loud',
    title: 'everybody is heard in the track all, five loud tones at once',
    requirement: 'All participants are heard in the track all, also when all are near full scale.',
    statements: ['page.mix.all'],
    room: loudRoom,
    leastDb: heardLoudDb,
  }),
  minusSelf({
    id: 'audio.minus-self.loud-tones',
    title: 'nobody hears itself, five loud tones at once',
    requirement:
      'In the track of a participant everybody is heard but this participant, also when all are near full scale.',
    statements: ['page.mix.own.without-self'],
    room: loudRoom,
    leastDb: heardLoudDb,
  }),
  othersHeard({
    id: 'audio.others.loud-tones',
    title: 'everybody else is heard, five loud tones at once',
    requirement: 'In the track of a participant all others are heard, also when all are near full scale.',
    statements: ['page.mix.own.others'],
    room: loudRoom,
    leastDb: heardLoudDb,
  }),
  {
    id: 'audio.level.unit-gain',
    title: 'quiet members are mixed as loud as they speak',
    level: 'undocumented',
    source: 'nothing is said about levels',
    requirement: 'How much louder or softer quiet members are in a mix than what they send.',
    statements: ['page.mix.all'],
    needs: ['whip', 'whep'],
    async run(context) {
      const { matrix, latenessMs } = await context.use(quietRoom);
      const levels = otherLevels(matrix);
      const [low, high] = [extreme(levels, 'quietest').gainDb, extreme(levels, 'loudest').gainDb];
      const actual = `from ${db(low)} to ${db(high)}`;
      const evidence = [heatMap('Who is heard in which track', matrix)];
      const bar = context.target.bars?.levelDb;
      if (bar === undefined) return observed(actual, evidence);
      const outcome = judge(low >= -bar && high <= bar, { expected: `within ±${bar} dB`, actual, evidence });
      return unlessBusy(outcome, latenessMs, maxStallMs);
    },
  },
];
