import { apartToneBotCount, toneSignature } from '../bots/signatures/catalogue.ts';
import { loudDbfs, quietDbfs } from '../bots/signatures/render.ts';
import { toneClip } from '../bots/tone-clip.ts';
import type { Clause, Outcome } from '../run/clause.ts';
import { judge, observed } from '../run/clause.ts';
import type { Scenario } from '../run/context.ts';
import {
  db,
  extreme,
  type HeardMatrix,
  heardDb,
  heardLoudDb,
  heatMap,
  measureTones,
  notHeardDb,
  otherLevels,
  ownLevels,
} from './support/heard-matrix.ts';
import { recordRoom } from './support/room-recording.ts';

const labels = ['alice', 'bob', 'carol', 'dave', 'erin'];
const mixingSource = 'introduction, on the tracks all and STREAM_NAME';

/** A room of members who each send a tone of their own. */
function toneRoom(label: string, members: number, levelDbfs: number): Scenario<HeardMatrix> {
  return {
    name: label,
    async play(context) {
      const clips = labels
        .slice(0, members)
        .map((name, i) => toneClip(name, toneSignature(context.pick(i, apartToneBotCount)), levelDbfs));
      const recorded = await recordRoom(context, {
        label,
        clips: new Map(clips.map(({ sent, clip }) => [sent.name, clip])),
        seconds: 2.5,
        settleSeconds: 1,
      });
      return measureTones(
        recorded,
        clips.map(({ sent }) => sent),
      );
    },
  };
}

const quietRoom = toneRoom('quiet', 4, quietDbfs);
const loudRoom = toneRoom('loud', 5, loudDbfs);

/** What a clause on a room of tones says of itself, and the room it looks at. */
interface ToneClauseOptions extends Pick<Clause, 'id' | 'title' | 'requirement'> {
  readonly room: Scenario<HeardMatrix>;
  /** What those who shall be heard must have in this room. */
  readonly leastDb: number;
}

function toneClause(options: ToneClauseOptions, verdict: (matrix: HeardMatrix) => Outcome): Clause {
  const { room, leastDb, ...description } = options;
  return {
    ...description,
    level: 'documented',
    source: mixingSource,
    async run(context) {
      const matrix = await context.use(room);
      return { ...verdict(matrix), evidence: [heatMap('Who is heard in which track', matrix, leastDb)] };
    },
  };
}

function minusSelf(options: ToneClauseOptions): Clause {
  return toneClause(options, (matrix) => {
    const own = extreme(ownLevels(matrix), 'loudest');
    return judge(own.gainDb <= notHeardDb, {
      expected: `nobody above ${db(notHeardDb)} in the own track`,
      actual: `loudest in the own track: ${own.name} at ${db(own.gainDb)}`,
    });
  });
}

function othersHeard(options: ToneClauseOptions): Clause {
  return toneClause(options, (matrix) => {
    const others = otherLevels(matrix).filter(({ track }) => track !== 'all');
    const worst = extreme(others, 'quietest');
    return judge(worst.gainDb >= options.leastDb, {
      expected: `everybody else at ${db(options.leastDb)} or more in every member’s track`,
      actual: `quietest: ${worst.name} in the track of ${worst.track} at ${db(worst.gainDb)}`,
    });
  });
}

function everybodyHeard(options: ToneClauseOptions): Clause {
  return toneClause(options, (matrix) => {
    const worst = extreme(
      otherLevels(matrix).filter(({ track }) => track === 'all'),
      'quietest',
    );
    return judge(worst.gainDb >= options.leastDb, {
      expected: `everybody at ${db(options.leastDb)} or more`,
      actual: `quietest: ${worst.name} at ${db(worst.gainDb)}`,
    });
  });
}

/** Who is heard by whom, measured with tones, in a quiet room and in one that is driven over full scale. */
export const toneClauses: readonly Clause[] = [
  everybodyHeard({
    id: 'audio.all.everybody',
    title: 'everybody is heard in the track all',
    requirement: 'The track all is for the audience: all participants are heard in it.',
    room: quietRoom,
    leastDb: heardDb,
  }),
  minusSelf({
    id: 'audio.minus-self.quiet-tones',
    title: 'nobody hears itself, quiet tones',
    requirement:
      'In the track of a participant everybody is heard but this participant; measured with quiet tones.',
    room: quietRoom,
    leastDb: heardDb,
  }),
  othersHeard({
    id: 'audio.others.quiet-tones',
    title: 'everybody else is heard, quiet tones',
    requirement: 'In the track of a participant all others are heard; measured with quiet tones.',
    room: quietRoom,
    leastDb: heardDb,
  }),
  everybodyHeard({
    id: 'audio.all.everybody-loud',
    title: 'everybody is heard in the track all, five loud tones at once',
    requirement: 'All participants are heard in the track all, also when all are near full scale.',
    room: loudRoom,
    leastDb: heardLoudDb,
  }),
  minusSelf({
    id: 'audio.minus-self.loud-tones',
    title: 'nobody hears itself, five loud tones at once',
    requirement:
      'In the track of a participant everybody is heard but this participant, also when all are near full scale.',
    room: loudRoom,
    leastDb: heardLoudDb,
  }),
  othersHeard({
    id: 'audio.others.loud-tones',
    title: 'everybody else is heard, five loud tones at once',
    requirement: 'In the track of a participant all others are heard, also when all are near full scale.',
    room: loudRoom,
    leastDb: heardLoudDb,
  }),
  {
    id: 'audio.level.unit-gain',
    title: 'quiet members are mixed as loud as they speak',
    level: 'undocumented',
    source: 'nothing is said about levels',
    requirement: 'How much louder or softer quiet members are in a mix than what they send.',
    async run(context) {
      const matrix = await context.use(quietRoom);
      const levels = otherLevels(matrix);
      const [low, high] = [extreme(levels, 'quietest').gainDb, extreme(levels, 'loudest').gainDb];
      const actual = `from ${db(low)} to ${db(high)}`;
      const evidence = [heatMap('Who is heard in which track', matrix)];
      const bar = context.target.bars?.levelDb;
      if (bar === undefined) return observed(actual, evidence);
      return judge(low >= -bar && high <= bar, { expected: `within ±${bar} dB`, actual, evidence });
    },
  },
];
