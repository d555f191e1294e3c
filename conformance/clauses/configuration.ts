import { mentions } from '../http/mentions.ts';
import type { Clause, Outcome } from '../run/clause.ts';
import { judge, notApplicable } from '../run/clause.ts';
import type { RunContext } from '../run/context.ts';
import { maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import { requireAlone } from '../scenarios/only-room.ts';
import { answeredLines, answerToPlayer } from '../scenarios/player-answer.ts';
import { probeRoom } from '../scenarios/probe-room.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';
import { answerText, isSuccess } from '../scenarios/text.ts';
import {
  isAsWanted,
  trackTable,
  trackText,
  type WantedOpus,
  wantedText,
} from '../scenarios/track-measurement.ts';
import type { ConfiguredStreams } from '../targets/target.ts';

const source = 'Configuration and usage, step 1';

async function whereConfigured(
  context: RunContext,
  which: Exclude<keyof ConfiguredStreams, 'pictures'>,
  run: (name: string) => Promise<Outcome>,
): Promise<Outcome> {
  const name = context.target.configured?.[which];
  if (name !== undefined) {
    await requireAlone(context, name);
    return run(name);
  }
  return notApplicable('the target’s configuration has no stream for this, and the suite cannot change it');
}

/** A clause on the Opus parameters of a room that the configuration makes. */
function configuredOpus(
  description: Pick<Clause, 'id' | 'title' | 'requirement' | 'statements'>,
  which: Exclude<keyof ConfiguredStreams, 'pictures'>,
  wanted: WantedOpus,
): Clause {
  return {
    ...description,
    level: 'documented',
    source,
    needs: ['configured-rooms', 'whip', 'whep'],
    run: (context) =>
      whereConfigured(context, which, async (name) => {
        const track = await SuiteRoom.useExisting(context, name, (room) => probeRoom(context, room, wanted));
        const outcome = judge(isAsWanted(track), {
          expected: `bitrate/samplerate/samples ${wantedText(wanted)}`,
          actual: trackText(track),
          evidence: [trackTable(track)],
        });
        return unlessBusy(outcome, track.latenessMs, maxStallMs);
      }),
  };
}

/** Rooms made by configuration. */
export const configurationClauses: readonly Clause[] = [
  {
    id: 'config.snippet',
    title: 'the documentation’s configuration makes a room',
    level: 'documented',
    source,
    requirement: 'A stream with the input mosaic2:// is a chat room from the start.',
    statements: ['page.setup.input', 'page.setup.one-room'],
    needs: ['configured-rooms'],
    run: (context) =>
      whereConfigured(context, 'snippet', async (name) => {
        const listed = await context.api.manager('list_room', []);
        const stat = await context.api.room(name, 'stat', []);
        return judge(mentions(listed, name) && stat.status === 200, {
          expected: `${name} among the rooms, and stat answers for it`,
          actual: `${answerText(listed)}; ${answerText(stat)}`,
          evidence: [listed.evidence, stat.evidence],
        });
      }),
  },
  {
    id: 'config.url-spelling',
    title: 'url mosaic2:// makes a room as input mosaic2:// does',
    level: 'client-required',
    source: 'configurations of 20.08 spell it so',
    requirement: 'A stream with the older spelling url mosaic2:// is a chat room.',
    statements: ['public.url-spelling'],
    needs: ['configured-rooms'],
    run: (context) =>
      whereConfigured(context, 'urlSpelling', async (name) => {
        const stat = await context.api.room(name, 'stat', []);
        return judge(stat.status === 200, {
          expected: `stat answers for ${name}`,
          actual: answerText(stat),
          evidence: [stat.evidence],
        });
      }),
  },
  configuredOpus(
    {
      id: 'config.bitrate',
      title: 'the option bitrate sets the bit rate',
      requirement: 'bitrate=128 gives tracks of 128 kbit/s; the other parameters keep their defaults.',
      statements: ['page.setup.bitrate'],
    },
    'snippet',
    { bitrateKbps: 128, sampleRateHz: 48000, samples: 960 },
  ),
  configuredOpus(
    {
      id: 'config.defaults',
      title: 'without options the documented defaults are in force',
      requirement: 'A room without options has 64 kbit/s, 48000 Hz and 960 samples.',
      statements: ['page.setup.defaults'],
    },
    'defaults',
    { bitrateKbps: 64, sampleRateHz: 48000, samples: 960 },
  ),
  configuredOpus(
    {
      id: 'config.samplerate-samples',
      title: 'the options samplerate and samples are in force',
      requirement: 'samplerate=16000 samples=320 gives packets of 20 ms with a bandwidth of 8 kHz.',
      statements: ['page.setup.samplerate', 'page.setup.samples'],
    },
    'options',
    { bitrateKbps: 64, sampleRateHz: 16000, samples: 320 },
  ),
  ...withoutPicture('defaults', {
    id: 'config.video-off-by-default',
    when: 'without disable_video=false',
    requirement: 'disable_video is true by default: the room has no video track.',
    statements: ['page.setup.disable-video.default'],
  }),
  ...withoutPicture('soundOnly', {
    id: 'config.video-off',
    when: 'with disable_video=true',
    requirement: 'disable_video=true leaves the room without a video track.',
    statements: ['page.setup.disable-video'],
  }),
];

/** Two clauses on a room without a picture: what is said of its tracks, and what a player is answered. */
function withoutPicture(
  which: 'defaults' | 'soundOnly',
  {
    id,
    when,
    requirement,
    statements,
  }: Pick<Clause, 'id' | 'requirement' | 'statements'> & { readonly when: string },
): Clause[] {
  return [
    {
      id,
      title: `${when} there is no picture`,
      level: 'documented',
      source,
      requirement,
      statements,
      needs: ['configured-rooms'],
      run: (context) =>
        whereConfigured(context, which, async (name) => {
          const answer = await context.api.request(`/${name}/media_info.json`, { anonymous: true });
          const tracks = (answer.json as { tracks?: readonly { content?: string }[] } | undefined)?.tracks;
          const silent = Array.isArray(tracks) && tracks.every((track) => track?.content !== 'video');
          return judge(answer.status === 200 && silent, {
            expected: '200, and no track with content video',
            actual: answerText(answer),
            evidence: [answer.evidence],
          });
        }),
    },
    {
      id: `${id}.answer`,
      title: `${when} a player’s video line is answered inactive`,
      level: 'client-required',
      source: 'official client 24.7.1: it always offers to receive a picture',
      requirement:
        'The offer of a player is taken, and its video line answered as one that nothing is sent on.',
      statements: ['client.offers-video', 'client.only-201'],
      needs: ['configured-rooms', 'whep'],
      run: (context) =>
        whereConfigured(context, which, async (name) => {
          const answer = await answerToPlayer(context, name);
          const lines = isSuccess(answer) ? answeredLines(answer.body) : answerText(answer);
          return judge(
            lines === 'audio sendonly, video inactive' || lines === 'audio sendonly, video refused',
            {
              expected: '201; audio sendonly, video inactive (or refused with port 0)',
              actual: lines,
              evidence: [answer.evidence],
            },
          );
        }),
    },
  ];
}
