import { collectRecordings, waitForPackets } from '../bots/collect.ts';
import { apartToneBotCount, toneSignature } from '../bots/signatures/catalogue.ts';
import { quietDbfs } from '../bots/signatures/render.ts';
import { toneClip } from '../bots/tone-clip.ts';
import type { HeatMapEvidence } from '../report.ts';
import { type Clause, judge } from '../run/clause.ts';
import type { RunContext, Scenario } from '../run/context.ts';
import { db, type HeardMatrix, heardDb, measureTones, notHeardDb } from './support/heard-matrix.ts';
import { SuiteRoom } from './support/suite-room.ts';

/** Who is in which of two rooms. */
export const roomMembers = { lobby: ['alice', 'bob'], stage: ['carol', 'dave'] } as const;

type RoomLabel = keyof typeof roomMembers;

const labels = Object.keys(roomMembers) as RoomLabel[];
const settlePackets = 50;
const measuredPackets = 100;

/** What is heard in the track of everybody of two rooms: rows are rooms. */
export const twoRooms: Scenario<HeardMatrix> = {
  name: 'two rooms at once',
  play: (context) =>
    SuiteRoom.use(context, labels[0]!, (lobby) =>
      SuiteRoom.use(context, labels[1]!, async (stage) => {
        const rooms = [lobby, stage];
        const clips = labels
          .flatMap((label) => roomMembers[label])
          .map((name, i) => toneClip(name, toneSignature(context.pick(i, apartToneBotCount)), quietDbfs));
        for (const [i, room] of rooms.entries()) {
          for (const { sent, clip } of clips.slice(2 * i, 2 * i + 2)) await room.join(sent.name, clip);
        }
        const listeners = await Promise.all(rooms.map((room) => room.listen('a1')));
        await waitForPackets(listeners, settlePackets);
        for (const listener of listeners) await listener.take();
        await waitForPackets(listeners, measuredPackets);
        const recordings = await collectRecordings(listeners);
        const tracks = recordings.map((recording, i) => ({ label: labels[i]!, recording }));
        return measureTones(
          { tracks },
          clips.map(({ sent }) => sent),
        );
      }),
    ),
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
      const matrix = await context.use(twoRooms);
      const cells = matrix.tracks.flatMap((room, row) =>
        matrix.levels[row]!.map(({ name, gainDb }) => ({ room, name, gainDb })),
      );
      const wrong = cells.filter(({ room, name, gainDb }) =>
        isIn(room, name) ? gainDb < heardDb : gainDb > notHeardDb,
      );
      const shown = wrong.length > 0 ? wrong : cells;
      return judge(wrong.length === 0, {
        expected: `in each room its own members at ${db(heardDb)} or more, all others at ${db(notHeardDb)} or less`,
        actual: shown.map(({ room, name, gainDb }) => `${name} in ${room} at ${db(gainDb)}`).join(', '),
        evidence: [evidenceOf(matrix)],
      });
    },
  },
];
