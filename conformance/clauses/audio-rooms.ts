import { waitForSound } from '../bots/collect.ts';
import { apartToneBotCount, toneSignature } from '../bots/signatures/catalogue.ts';
import { quietDbfs } from '../bots/signatures/render.ts';
import { toneClip } from '../bots/tone-clip.ts';
import type { HeatMapEvidence } from '../report.ts';
import { type Clause, judge } from '../run/clause.ts';
import type { RunContext, Scenario } from '../run/context.ts';
import { maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import { db, type HeardMatrix, heardDb, measureTones, notHeardDb } from '../scenarios/heard-matrix.ts';
import { type ListenersRecording, recordListeners } from '../scenarios/record-listeners.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';

/** Who is in which of two rooms. */
const roomMembers = { lobby: ['alice', 'bob'], stage: ['carol', 'dave'] } as const;

type RoomLabel = keyof typeof roomMembers;

const labels = Object.keys(roomMembers) as RoomLabel[];
const settleSeconds = 1;
const measuredSeconds = 2;

/** What is heard in two rooms. */
interface TwoRooms extends Pick<ListenersRecording, 'latenessMs'> {
  readonly matrix: HeardMatrix;
}

/** What is heard in the track of everybody of two rooms: rows are rooms. */
const twoRooms: Scenario<TwoRooms> = {
  name: 'two rooms at once',
  play: (context) => {
    context.requireRoomsByName();
    return SuiteRoom.use(context, labels[0]!, (lobby) =>
      SuiteRoom.use(context, labels[1]!, async (stage) => {
        const rooms = [lobby, stage];
        const clips = labels
          .flatMap((label) => roomMembers[label])
          .map((name, i) => toneClip(name, toneSignature(context.pick(i, apartToneBotCount)), quietDbfs));
        for (const [i, room] of rooms.entries()) {
          for (const { sent, clip } of clips.slice(2 * i, 2 * i + 2)) await room.join(sent.name, clip);
        }
        const listeners = await Promise.all(rooms.map((room) => room.listenToAll()));
        await waitForSound(listeners, settleSeconds);
        const { recordings, latenessMs } = await recordListeners(context, listeners, measuredSeconds);
        const tracks = recordings.map((recording, i) => ({ label: labels[i]!, recording }));
        const sent = clips.map((clip) => clip.sent);
        return { matrix: measureTones({ tracks }, sent), latenessMs };
      }),
    );
  },
};

function isIn(room: string, member: string): boolean {
  return (roomMembers[room as RoomLabel] as readonly string[]).includes(member);
}

function evidenceOf(matrix: HeardMatrix): HeatMapEvidence {
  return {
    type: 'heat-map',
    title: 'Who is heard in the track all of which room',
    rows: matrix.tracks,
    columns: matrix.members,
    limitsDb: { heardAtLeast: heardDb, notHeardAtMost: notHeardDb },
    gainsDb: matrix.levels.map((row) => row.map(({ gainDb }) => gainDb)),
    expected: matrix.tracks.map((room) =>
      matrix.members.map((member) => (isIn(room, member) ? 'heard' : 'not-heard')),
    ),
  };
}

/** Rooms beside each other. */
export const apartClauses: readonly Clause[] = [
  {
    id: 'audio.rooms.apart',
    title: 'rooms do not hear each other',
    level: 'documented',
    source: 'Configuration and usage: one mosaic is one room',
    requirement: 'Whoever is in one room is heard there, and in no other room that is used at the same time.',
    statements: ['page.setup.one-room'],
    needs: ['whip', 'whep'],
    async run(context: RunContext) {
      const { matrix, latenessMs } = await context.use(twoRooms);
      const cells = matrix.tracks.flatMap((room, row) =>
        matrix.levels[row]!.map(({ name, gainDb }) => ({ room, name, gainDb })),
      );
      const wrong = cells.filter(({ room, name, gainDb }) =>
        isIn(room, name) ? gainDb < heardDb : gainDb > notHeardDb,
      );
      const shown = wrong.length > 0 ? wrong : cells;
      const outcome = judge(wrong.length === 0, {
        expected: `in each room its own members at ${db(heardDb)} or more, all others at ${db(notHeardDb)} or less`,
        actual: shown.map(({ room, name, gainDb }) => `${name} in ${room} at ${db(gainDb)}`).join(', '),
        evidence: [evidenceOf(matrix)],
      });
      // Who is heard in the other room is heard there on any machine; to be missing is another matter.
      const isLeak = wrong.some(({ room, name }) => !isIn(room, name));
      return isLeak ? outcome : unlessBusy(outcome, latenessMs, maxStallMs);
    },
  },
];
