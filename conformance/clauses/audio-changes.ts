import type { HeatMapEvidence } from '../report.ts';
import type { Clause } from '../run/clause.ts';
import { judge, observed } from '../run/clause.ts';
import { maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import { db, heardDb, notHeardDb } from '../scenarios/heard-matrix.ts';
import { type Change, heardIn, type RoomChanges, roomChanges } from '../scenarios/room-changes.ts';

/** What shall be heard where: a member in some tracks after one change. */
interface Expectation {
  readonly change: Change;
  readonly tracks: readonly string[];
  readonly heard: readonly string[];
  readonly notHeard: readonly string[];
}

const columns = ['alice', 'bob', 'carol', 'dave'];

function changeMap(result: RoomChanges, expectation: Expectation): HeatMapEvidence {
  const { change, tracks, heard, notHeard } = expectation;
  return {
    type: 'heat-map',
    title: `Who is heard in which track, part “${change}”`,
    rows: tracks,
    columns,
    limitsDb: { heardAtLeast: heardDb, notHeardAtMost: notHeardDb },
    gainsDb: tracks.map((track) => {
      const levels = heardIn(result, track, change);
      return columns.map((name) => levels[name]!.gainDb);
    }),
    expected: tracks.map((track) =>
      columns.map((name) => {
        // Nobody is heard in its own track: that is the business of the clauses on minus-self.
        if (heard.includes(name)) return track === name ? 'either' : 'heard';
        return notHeard.includes(name) ? 'not-heard' : 'either';
      }),
    ),
  };
}

function names(list: readonly string[]): string {
  return list.join(' and ');
}

/** Nothing documented undoes a mute: where a second call does not, bob is not asked for any more. */
function whoIsHeard(result: RoomChanges, { change, heard }: Expectation): readonly string[] {
  const isAfterUnmute = change === 'left' || change === 'returned';
  return isAfterUnmute && !isUnmuted(result) ? heard.filter((name) => name !== 'bob') : heard;
}

function isUnmuted(result: RoomChanges): boolean {
  return heardIn(result, 'all', 'unmuted').bob!.gainDb >= heardDb;
}

function changeClause(
  description: Omit<Clause, 'run' | 'source' | 'level' | 'needs'>,
  expectation: Expectation,
): Clause {
  const { tracks, notHeard } = expectation;
  return {
    level: 'documented',
    source: 'Configuration and usage, step 3',
    needs: ['whip', 'whep'],
    ...description,
    async run(context) {
      const result = await context.use(roomChanges);
      const heard = whoIsHeard(result, expectation);
      const map = changeMap(result, { ...expectation, heard });
      const cells = map.gainsDb.flatMap((row, r) =>
        row.map((gain, c) => ({
          gainDb: gain!,
          expected: map.expected[r]![c],
          where: `${columns[c]} in ${tracks[r]} at ${db(gain!)}`,
        })),
      );
      const wrong = cells.filter(({ gainDb, expected }) =>
        expected === 'heard' ? gainDb < heardDb : expected === 'not-heard' && gainDb > notHeardDb,
      );
      const judged = cells.filter(({ expected }) => expected !== 'either');
      const outcome = judge(wrong.length === 0, {
        expected: [
          heard.length > 0 && `${names(heard)} heard (${db(heardDb)} or more)`,
          notHeard.length > 0 && `${names(notHeard)} not heard (${db(notHeardDb)} or less)`,
          `in ${names(tracks)}`,
        ]
          .filter(Boolean)
          .join(', '),
        actual: (wrong.length > 0 ? wrong : judged).map(({ where }) => where).join(', '),
        evidence: [map, result.mute.evidence],
      });
      // Who shall not be heard, and is, is heard on any machine; to be missing is another matter.
      const isLeak = wrong.some((cell) => cell.expected === 'not-heard');
      return isLeak ? outcome : unlessBusy(outcome, result.latenessMs, maxStallMs);
    },
  };
}

/** What is heard after somebody comes, goes, or is muted. */
export const changeClauses: readonly Clause[] = [
  changeClause(
    {
      id: 'audio.join.heard',
      title: 'who joins is heard by everybody',
      requirement: 'A stream added while the chat runs is heard in all and in the tracks of the others.',
      statements: ['page.intro.add-while-running', 'page.room.in-mosaic', 'page.room.add-stream'],
      beginsFirst: true,
    },
    { change: 'joined', tracks: ['all', 'alice', 'bob'], heard: ['carol'], notHeard: [] },
  ),
  changeClause(
    {
      id: 'audio.leave.gone',
      title: 'who leaves is not heard any more',
      requirement: 'A stream that was removed is heard in no track, and the others still are.',
      statements: ['page.intro.remove-while-running', 'page.room.remove-stream'],
    },
    { change: 'left', tracks: ['all', 'alice', 'bob'], heard: ['alice', 'bob'], notHeard: ['carol'] },
  ),
  changeClause(
    {
      id: 'audio.rejoin.minus-self',
      title: 'who returns does not hear itself',
      requirement: 'After leaving and joining again a participant’s track is without this participant.',
      statements: ['page.mix.own.without-self', 'page.mix.own.others'],
    },
    { change: 'returned', tracks: ['carol-returned'], heard: ['alice', 'bob'], notHeard: ['carol'] },
  ),
  changeClause(
    {
      id: 'audio.newcomer.minus-self',
      title: 'who comes after somebody has left does not hear itself',
      requirement:
        'The track of a participant who comes is without this participant, also where its number was another’s before.',
      statements: ['page.mix.own.without-self', 'page.mix.own.others'],
    },
    { change: 'returned', tracks: ['dave'], heard: ['alice', 'bob', 'carol'], notHeard: ['dave'] },
  ),
  changeClause(
    {
      id: 'audio.mute.silences',
      title: 'mute-audio silences a participant for all others',
      requirement: 'A participant who was muted on the server is heard neither in all nor by the others.',
      statements: ['page.room.mute-audio'],
    },
    { change: 'muted', tracks: ['all', 'alice', 'carol'], heard: [], notHeard: ['bob'] },
  ),
  changeClause(
    {
      id: 'audio.mute.nobody-else',
      title: 'mute-audio silences nobody else',
      requirement: 'While one participant is muted, the others are heard as before.',
      statements: ['page.room.mute-audio'],
    },
    { change: 'muted', tracks: ['all', 'alice', 'carol'], heard: ['alice', 'carol'], notHeard: [] },
  ),
  changeClause(
    {
      id: 'audio.mute.still-hears',
      title: 'who is muted still hears the others',
      requirement: 'The track of a muted participant still has everybody else, and not this participant.',
      statements: ['page.mix.own.others', 'page.mix.own.without-self', 'page.room.mute-audio'],
    },
    { change: 'muted', tracks: ['bob'], heard: ['alice', 'carol'], notHeard: ['bob'] },
  ),
  {
    id: 'audio.mute.twice',
    title: 'what a second mute-audio does',
    level: 'undocumented',
    source: 'Configuration and usage, step 3; no call that undoes it is given',
    requirement: 'Whether a second mute-audio lets the participant be heard again.',
    statements: ['page.room.mute-audio'],
    needs: ['whip', 'whep'],
    async run(context) {
      const result = await context.use(roomChanges);
      const { bob } = heardIn(result, 'all', 'unmuted');
      const isHeard = bob!.gainDb >= heardDb;
      const actual = `${isHeard ? 'heard again' : 'still muted'}: bob in all at ${db(bob!.gainDb)}`;
      return observed(actual, [result.unmute.evidence], { 'rooms.muteToggles': isHeard });
    },
  },
  {
    id: 'audio.rejoin.track',
    title: 'which track a participant gets who returns',
    level: 'undocumented',
    source: 'Configuration and usage, step 3; nothing is said of numbers used again',
    requirement: 'Whether a participant who joins again gets the track it had, or another one.',
    statements: ['page.room.add-stream.answer'],
    needs: ['whip', 'whep'],
    async run(context) {
      const { carolsTracks } = await context.use(roomChanges);
      const [first, second] = carolsTracks;
      return observed(`${first} at first, ${second} after the return`, [], {
        'rooms.reuseTrackNumbers': first === second,
      });
    },
  },
];
