import { toneSignature } from '../bots/signatures/catalogue.ts';
import { quietDbfs } from '../bots/signatures/render.ts';
import { toneClip } from '../bots/tone-clip.ts';
import { encodePath } from '../http/api-client.ts';
import type { Exchange } from '../http/exchange.ts';
import { clientsOf } from '../http/stat-answer.ts';
import { isSameTrack, trackIdOf } from '../http/track-id.ts';
import type { HttpEvidence } from '../report.ts';
import type { Clause } from '../run/clause.ts';
import { judge, observed } from '../run/clause.ts';
import { refusalOf } from '../scenarios/refusal.ts';
import { type RoomCalls, roomCalls } from '../scenarios/room-calls.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';
import { answerText, isSuccess } from '../scenarios/text.ts';

const source = 'Configuration and usage, step 3';

/** Who is in the room; nobody where that is not told. */
function namesIn(json: unknown): readonly unknown[] {
  return clientsOf(json) ?? [];
}

function countOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'count' in json ? json.count : undefined;
}

/** A clause on a call that answers the number of the member's track. */
function answersTrack(
  id: string,
  title: string,
  requirement: string,
  statements: Clause['statements'],
  pick: (calls: RoomCalls) => Exchange,
): Clause {
  return {
    id,
    title,
    level: 'documented',
    source,
    requirement,
    statements,
    needs: ['curl'],
    async run(context) {
      const calls = await context.use(roomCalls);
      const answer = pick(calls);
      return judge(isSuccess(answer) && isSameTrack(calls.first.json, answer.json), {
        expected: `success, with the track number of add_stream, ${trackIdOf(calls.first.json)}`,
        actual: answerText(answer),
        evidence: [calls.first.evidence, answer.evidence],
      });
    },
  };
}

/** The calls on a room: members come, are counted, muted, and go. */
export const roomClauses: readonly Clause[] = [
  {
    id: 'api.add-stream',
    title: 'add_stream answers the participant’s track',
    level: 'documented',
    source,
    requirement: 'add_stream answers an object with track_id: what names the audio track, as a3.',
    statements: ['page.room.add-stream', 'page.room.add-stream.answer', 'page.room.call', 'page.room.join'],
    needs: ['curl'],
    async run(context) {
      const { first } = await context.use(roomCalls);
      const id = (first.json as { track_id?: unknown } | null | undefined)?.track_id;
      return judge(isSuccess(first) && typeof id === 'string' && trackIdOf(id) !== undefined, {
        expected: 'success, with a body like {"track_id":"a3"}',
        actual: answerText(first),
        evidence: [first.evidence],
      });
    },
  },
  {
    id: 'api.add-stream.own-track',
    title: 'every participant has a track of its own',
    level: 'documented',
    source,
    requirement:
      'Participants who are there together have different track numbers, also when others have left.',
    statements: ['page.mix.own.others', 'page.room.add-stream.answer'],
    needs: ['curl'],
    async run(context) {
      const { first, second, third } = await context.use(roomCalls);
      const [one, two, three] = [first, second, third].map(({ json }) => trackIdOf(json));
      const areNumbers = one !== undefined && two !== undefined && three !== undefined;
      return judge(areNumbers && one !== two && two !== three, {
        expected: 'one that is different from those of all who are there',
        actual: `${one} and ${two}; ${three} for the next, when the first has left`,
        evidence: [first.evidence, second.evidence, third.evidence],
      });
    },
  },
  {
    id: 'api.add-stream.freed-number',
    title: 'which track number a participant gets when another has left',
    level: 'undocumented',
    source: 'Configuration and usage, step 3; nothing is said of numbers used again',
    requirement: 'Whether the track number of a participant who has left is given to one who comes.',
    statements: ['page.room.add-stream.answer'],
    needs: ['curl'],
    async run(context) {
      const { first, third } = await context.use(roomCalls);
      const [left, came] = [first, third].map(({ json }) => trackIdOf(json));
      const evidence = [first.evidence, third.evidence];
      if (left === undefined || came === undefined) return observed(`${left}, then ${came}`, evidence);
      return observed(`${came} for the next, when ${left} has left`, evidence, {
        'rooms.reuseTrackNumbers': left === came,
      });
    },
  },
  {
    id: 'api.add-stream.twice',
    title: 'what add_stream answers for a participant who is there already',
    level: 'undocumented',
    source,
    requirement: 'What a second add_stream with the same name answers.',
    statements: ['page.room.add-stream.answer'],
    needs: ['curl'],
    async run(context) {
      const { first, again } = await context.use(roomCalls);
      const isSame = isSameTrack(first.json, again.json);
      const actual = `${isSame ? 'the same track' : 'something else'}: ${answerText(again)}`;
      const evidence = [first.evidence, again.evidence];
      if (context.target.bars === undefined) return observed(actual, evidence);
      return judge(isSame, { expected: 'the track that the participant has', actual, evidence });
    },
  },
  {
    id: 'api.add-stream.creates-stream',
    title: 'add_stream makes a stream that can be published',
    level: 'documented',
    source,
    requirement:
      'With add_stream a publishing stream is made for the participant, without any configuration.',
    statements: ['page.room.publish-input', 'page.setup.added-by-api', 'page.intro.webrtc-publish'],
    needs: ['whip'],
    run: (context) =>
      SuiteRoom.use(context, 'creates-stream', async (room) => {
        const { clip } = toneClip('alice', toneSignature(0), quietDbfs);
        const stream = room.streamOf('alice');
        const refusal = await refusalOf(room.join('alice', clip), ['call', 'media']);
        const known = await context.api.request(`/${encodePath(stream)}/media_info.json`);
        return judge(refusal === undefined && known.status === 200, {
          expected: `a publisher is taken for ${stream}, and the server knows the stream`,
          actual: `${refusal ?? 'the publisher is taken'}; ${answerText(known)}`,
          evidence: [known.evidence],
        });
      }),
  },
  {
    id: 'api.stat',
    title: 'stat counts and names the participants',
    level: 'documented',
    source,
    requirement: 'stat answers an object with a count and a list of clients: all, and each participant.',
    statements: ['page.room.stat'],
    needs: ['curl'],
    async run(context) {
      const { stat, stream } = await context.use(roomCalls);
      const clients = namesIn(stat.json);
      const holds =
        clients.includes('all') && clients.includes(stream) && Number.isInteger(countOf(stat.json));
      return judge(isSuccess(stat) && holds, {
        expected: `a number count, and clients with "all" and "${stream}"`,
        actual: answerText(stat),
        evidence: [stat.evidence],
      });
    },
  },
  {
    id: 'api.stat.names',
    title: 'stat calls every track by its name, once',
    level: 'documented',
    source: 'introduction, on the tracks all and STREAM_NAME; Configuration and usage, step 3',
    requirement:
      'The tracks of a room are called all and by the participants’ streams: these are the clients of stat, each once.',
    statements: ['page.mix.all.name', 'page.mix.own.name', 'page.room.stat'],
    needs: ['curl'],
    async run(context) {
      const { stat, stream, other, first, second, again } = await context.use(roomCalls);
      const names = namesIn(stat.json).map(String).sort();
      const wanted = ['all', stream, other].sort();
      return judge(isSuccess(stat) && names.join('\n') === wanted.join('\n'), {
        expected: `clients "all", "${stream}" and "${other}", each once`,
        actual: answerText(stat),
        evidence: [first.evidence, second.evidence, again.evidence, stat.evidence],
      });
    },
  },
  {
    id: 'api.stat.count',
    title: 'whether count counts all too',
    level: 'undocumented',
    source,
    requirement: 'How the count of stat goes with the list of clients.',
    statements: ['page.room.stat'],
    needs: ['curl'],
    async run(context) {
      const { stat } = await context.use(roomCalls);
      const [count, clients] = [countOf(stat.json), namesIn(stat.json).length];
      const actual = `count ${String(count)} with ${clients} clients`;
      return observed(actual, [stat.evidence], { 'rooms.countIncludesAll': count === clients });
    },
  },
  answersTrack(
    'api.mute-video',
    'mute_video answers the participant’s track',
    'mute_video (with an underscore) answers the number of the stream’s audio track.',
    ['page.room.mute-video.answer'],
    (calls) => calls.muteVideo,
  ),
  answersTrack(
    'api.mute-audio',
    'mute-audio answers the participant’s track',
    'mute-audio (with a hyphen) answers the number of the stream’s audio track.',
    ['page.room.mute-audio.answer'],
    (calls) => calls.muteAudio,
  ),
  answersTrack(
    'api.remove-stream',
    'remove_stream answers the participant’s track',
    'remove_stream answers the number of the stream’s audio track.',
    ['page.room.remove-stream.answer'],
    (calls) => calls.remove,
  ),
  {
    id: 'api.remove-stream.leaves',
    title: 'after remove_stream the participant is not counted any more',
    level: 'documented',
    source,
    requirement: 'A participant who has left is not among the clients of stat.',
    statements: ['page.room.remove-stream', 'page.room.stat'],
    needs: ['curl'],
    async run(context) {
      const { remove, stat, statAfter, stream } = await context.use(roomCalls);
      const evidence: HttpEvidence[] = [stat.evidence, remove.evidence, statAfter.evidence];
      const left = namesIn(stat.json).includes(stream) && !namesIn(statAfter.json).includes(stream);
      return judge(isSuccess(statAfter) && left, {
        expected: `clients with ${stream} before, and without it afterwards`,
        actual: `${answerText(stat)}; afterwards ${answerText(statAfter)}`,
        evidence,
      });
    },
  },
];
