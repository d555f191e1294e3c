import { levelsOf, type ToneLevel } from '../analysis/tone-levels.ts';
import { nowMs } from '../bots/clock.ts';
import { lastSeconds, waitForSound } from '../bots/collect.ts';
import { decodeRecording, type Recording } from '../bots/recording.ts';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { quietDbfs } from '../bots/signatures/render.ts';
import { toneClip } from '../bots/tone-clip.ts';
import type { TrackChange } from '../bots/webrtc/session.ts';
import { encodePath } from '../http/api-client.ts';
import { isUnavailable } from '../http/unavailable.ts';
import type { MeasurementsEvidence } from '../report.ts';
import type { Clause } from '../run/clause.ts';
import { judge } from '../run/clause.ts';
import type { Scenario } from '../run/context.ts';
import { latenessSince, maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import { db, heardDb, notHeardDb } from '../scenarios/heard-matrix.ts';
import { refusalOf } from '../scenarios/refusal.ts';
import { PreparationError, SuiteRoom } from '../scenarios/suite-room.ts';
import { answerText } from '../scenarios/text.ts';

/** Of a room without Opus parameters, at 48 kHz. */
const packetSamples = 960;
const secondsPerPart = 1.8;
/** Of each part, its end. */
const measuredSeconds = 1;

/** What a listener who publishes nothing heard: by default, and after changing tracks twice. */
interface Listening {
  readonly members: readonly string[];
  readonly byDefault: readonly ToneLevel[];
  readonly afterSelect: readonly ToneLevel[];
  readonly afterSelectAll: readonly ToneLevel[];
  readonly select: TrackChange;
  readonly whole: Recording;
  readonly sessionId: string | undefined;
  /** How late the bots were at the worst: what is missing then may not be the server's fault. */
  readonly latenessMs: number;
}

const listening: Scenario<Listening> = {
  name: 'a listener without a publisher',
  play: (context) =>
    SuiteRoom.use(context, 'listening', async (room) => {
      const labels = ['alice', 'bob'];
      const clips = labels.map((label, i) => toneClip(label, toneSignature(i + 5), quietDbfs));
      const alice = await room.join('alice', clips[0]!.clip);
      await room.join('bob', clips[1]!.clip);
      const listener = await room.listen();
      const startedMs = nowMs();
      const parts: number[] = [];
      const mark = async () => {
        await waitForSound([listener], secondsPerPart);
        parts.push(await listener.count());
      };
      await mark();
      const select = await listener.select([alice.trackId]);
      await mark();
      const selectAll = await listener.select(context.trackOfAll === undefined ? [] : [context.trackOfAll]);
      for (const { answer } of [select, selectAll]) {
        // It is a status over HTTP, and words over WebSocket.
        if (isUnavailable({ status: Number(answer) }))
          throw new PreparationError(`request_tracks is answered ${answer}, by a gateway or to put it off`);
      }
      await mark();
      const packets = await listener.take();
      const sent = clips.map((clip) => clip.sent);
      const upTo = (count: number) =>
        levelsOf(lastSeconds(decodeRecording(packets.slice(0, count)), measuredSeconds), sent);
      const [byDefault, afterSelect, afterSelectAll] = parts.map(upTo);
      return {
        members: labels,
        byDefault: byDefault!,
        afterSelect: afterSelect!,
        afterSelectAll: afterSelectAll!,
        select,
        whole: decodeRecording(packets),
        sessionId: listener.sessionId,
        latenessMs: (await latenessSince(context, startedMs)).latenessMostMs,
      };
    }),
};

function levelsTable(title: string, levels: readonly ToneLevel[]): MeasurementsEvidence {
  return {
    type: 'measurements',
    title,
    rows: levels.map(({ name, gainDb }) => ({ name, value: db(gainDb) })),
  };
}

function text(levels: readonly ToneLevel[]): string {
  return levels.map(({ name, gainDb }) => `${name} at ${db(gainDb)}`).join(', ');
}

/** How a room is played. */
export const playingClauses: readonly Clause[] = [
  {
    id: 'play.media-info',
    title: 'media_info.json describes the room’s tracks',
    level: 'client-required',
    source: 'official client 24.7.1, before it plays',
    requirement: 'media_info.json of a room is 200 with an array tracks, each with content audio or video.',
    statements: ['client.media-info', 'page.intro.own-player'],
    needs: [],
    async run(context) {
      const answer = await SuiteRoom.use(context, 'media-info', ({ name }) =>
        context.api.request(`/${encodePath(name)}/media_info.json`, { anonymous: true }),
      );
      const tracks = (answer.json as { tracks?: unknown } | undefined)?.tracks;
      const known =
        Array.isArray(tracks) &&
        tracks.every((track) => track?.content === 'audio' || track?.content === 'video');
      return judge(answer.status === 200 && known, {
        expected: '200, and an array tracks whose items have content audio or video',
        actual: answerText(answer),
        evidence: [answer.evidence],
      });
    },
  },
  {
    id: 'play.session-id',
    title: 'a play session has an id',
    level: 'client-required',
    source: 'official client 24.7.1: X-Sid of the answer to WHEP',
    requirement: 'The answer to WHEP carries the session’s id in X-Sid.',
    statements: ['client.session-id'],
    needs: ['whip', 'whep'],
    async run(context) {
      context.requireWhip();
      const { sessionId } = await context.use(listening);
      return judge(sessionId !== undefined && sessionId !== '', {
        expected: 'an X-Sid header',
        actual: sessionId === undefined ? 'none' : `X-Sid: ${sessionId}`,
      });
    },
  },
  {
    id: 'play.all-by-default',
    title: 'an audience that publishes nothing hears everybody',
    level: 'documented',
    source: 'introduction, on the track all',
    requirement: 'Somebody who only listens, and asks for no track, hears all participants.',
    statements: ['page.mix.all', 'page.intro.webrtc-play'],
    needs: ['whip', 'whep'],
    async run(context) {
      const { byDefault, latenessMs } = await context.use(listening);
      const outcome = judge(
        byDefault.every(({ gainDb }) => gainDb >= heardDb),
        {
          expected: `everybody at ${db(heardDb)} or more`,
          actual: text(byDefault),
          evidence: [levelsTable('Heard without asking for a track', byDefault)],
        },
      );
      return unlessBusy(outcome, latenessMs, maxStallMs);
    },
  },
  {
    id: 'play.change-tracks',
    title: 'a listener changes to another track while playing',
    level: 'client-required',
    source: 'official client 24.7.1: PUT sessions/SID/request_tracks',
    requirement:
      'After request_tracks with a participant’s track that track is heard, and after a1 all again.',
    statements: ['client.request-tracks'],
    needs: ['whip', 'whep'],
    async run(context) {
      const { afterSelect, afterSelectAll, select, latenessMs } = await context.use(listening);
      const [alice, bob] = afterSelect as [ToneLevel, ToneLevel];
      const isAway = alice.gainDb <= notHeardDb;
      const changed = isAway && bob.gainDb >= heardDb;
      const back = afterSelectAll.every(({ gainDb }) => gainDb >= heardDb);
      const outcome = judge(changed && back && select.accepted, {
        expected: `in alice’s track bob alone, then both`,
        actual: `${select.answer}; in alice’s track ${text(afterSelect)}; then ${text(afterSelectAll)}`,
        evidence: [
          levelsTable('In the track of alice', afterSelect),
          levelsTable('Back in the track of everybody', afterSelectAll),
        ],
      });
      return isAway && select.accepted ? unlessBusy(outcome, latenessMs, maxStallMs) : outcome;
    },
  },
  {
    id: 'play.change-tracks.continuous',
    title: 'a change of track does not break the stream',
    level: 'client-required',
    source: 'RFC 3550 §5.1: one source counts on',
    requirement: 'Sequence numbers and timestamps go on without a step when a listener changes tracks.',
    statements: ['standard.rtp-counts-on'],
    needs: ['whip', 'whep'],
    async run(context) {
      const { whole } = await context.use(listening);
      const { packets, lostPackets } = whole;
      const ssrcs = new Set(packets.map(({ ssrc }) => ssrc)).size;
      // A packet that the network lost leaves a hole in both numbers alike.
      const wrong = packets.slice(1).filter(({ timestamp, sequenceNumber }, i) => {
        const count = (sequenceNumber - packets[i]!.sequenceNumber) & 0xffff;
        return (timestamp - packets[i]!.timestamp) >>> 0 !== count * packetSamples;
      }).length;
      return judge(ssrcs === 1 && wrong === 0, {
        expected: 'one SSRC, timestamps that go on with the sequence numbers',
        actual: `${ssrcs} SSRC, ${wrong} steps that do not in ${packets.length} packets, ${lostPackets} lost`,
      });
    },
  },
  {
    id: 'play.unknown-stream',
    title: 'playing an unknown stream is refused',
    level: 'client-required',
    source: 'official client 24.7.1: anything but 201 is a failure',
    requirement: 'WHEP on a name that is no stream is not answered with 201.',
    statements: ['client.only-201'],
    needs: ['whep'],
    async run(context) {
      context.requireWhip();
      const url = context.api.streamUrl(`${context.prefix}nobody`, 'whep');
      const listening = context.bots.listen(url);
      const refusal = await refusalOf(listening);
      if (refusal === undefined) await (await listening).close();
      return judge(refusal !== undefined && /: HTTP 4\d\d\b/.test(refusal), {
        expected: 'a status from 400 to 499 for a good offer',
        actual: refusal ?? 'it is played',
      });
    },
  },
];
