import type { Clause } from '../run/clause.ts';
import { judge, observed } from '../run/clause.ts';
import type { Scenario } from '../run/context.ts';
import { maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import { type ProbedTrack, probeRoom } from '../scenarios/probe-room.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';
import {
  bandwidthHolds,
  bitrateHolds,
  frameDurationHolds,
  frameMs,
  isAsWanted,
  type TrackMeasurement,
  trackTable,
  trackText,
  type WantedOpus,
  wantedText,
} from '../scenarios/track-measurement.ts';

const source = 'Configuration and usage: options of the mosaic, and add_room with parameters';

/** The parameters of the page’s own call, and two that are far from it. */
const parameterSets: readonly WantedOpus[] = [
  { bitrateKbps: 64, sampleRateHz: 48000, samples: 480 },
  { bitrateKbps: 32, sampleRateHz: 16000, samples: 320 },
  { bitrateKbps: 24, sampleRateHz: 8000, samples: 320 },
];

const probedRooms: Scenario<readonly ProbedTrack[]> = {
  name: 'rooms with Opus parameters',
  play: (context) =>
    Promise.all(
      parameterSets.map(async (wanted) => {
        const opus = [wanted.bitrateKbps, wanted.sampleRateHz, wanted.samples].map(String);
        return SuiteRoom.use(
          context,
          `opus-${opus.join('-')}`,
          (room) => probeRoom(context, room, wanted),
          opus,
        );
      }),
    ),
};

/** What the page says of a configured room without options. */
const defaults: WantedOpus = { bitrateKbps: 64, sampleRateHz: 48000, samples: 960 };

const roomWithoutParameters: Scenario<ProbedTrack> = {
  name: 'a room without Opus parameters',
  play: (context) =>
    SuiteRoom.use(context, 'opus-defaults', (room) => probeRoom(context, room, defaults), []),
};

function opusClause(
  description: Pick<Clause, 'id' | 'title' | 'requirement' | 'statements'>,
  expected: string,
  holds: (track: TrackMeasurement) => boolean,
  show: (track: TrackMeasurement) => string,
): Clause {
  return {
    ...description,
    level: 'documented',
    source,
    needs: ['whip', 'whep'],
    async run(context) {
      const tracks = await context.use(probedRooms);
      const outcome = judge(tracks.every(holds), {
        expected,
        actual: tracks.map((track) => `${wantedText(track.wanted)}: ${show(track)}`).join('; '),
        evidence: tracks.map(trackTable),
      });
      return unlessBusy(outcome, Math.max(...tracks.map(({ latenessMs }) => latenessMs)), maxStallMs);
    },
  };
}

/** What add_room asked for is what is sent. */
export const opusClauses: readonly Clause[] = [
  opusClause(
    {
      id: 'audio.opus.bitrate',
      title: 'the tracks have the bit rate that add_room asked for',
      requirement: 'The second argument of add_room is the bit rate of the tracks in kbit/s.',
      statements: ['page.manager.add-room.opus', 'page.manager.settings'],
    },
    'within 15 % of what was asked for',
    bitrateHolds,
    (track) => `${track.bitrateKbps.toFixed(1)} kbit/s`,
  ),
  opusClause(
    {
      id: 'audio.opus.frame-duration',
      title: 'the packets last as long as samples and samplerate say',
      requirement:
        'A packet holds samples divided by samplerate; timestamps count at 48 kHz (RFC 7587 §4.1).',
      statements: ['page.manager.add-room.opus'],
    },
    'every packet lasts samples/samplerate, and timestamps go on by as much',
    frameDurationHolds,
    (track) => `${track.frameDurationsMs.join(', ')} ms of ${frameMs(track.wanted)}`,
  ),
  opusClause(
    {
      id: 'audio.opus.bandwidth',
      title: 'the audio bandwidth follows the sample rate',
      requirement: 'Nothing above half the sample rate is heard, and what is well below it is.',
      statements: ['page.manager.add-room.opus'],
    },
    'tones below half the sample rate are there, tones above it are not',
    bandwidthHolds,
    (track) => track.probes.map(({ hz, gainDb }) => `${hz} Hz ${gainDb.toFixed(0)} dB`).join(', '),
  ),
  {
    id: 'audio.opus.defaults',
    title: 'what add_room without parameters makes',
    level: 'undocumented',
    source: 'Configuration and usage, step 1, gives defaults for configured rooms only',
    requirement:
      'Which bit rate, frame duration and bandwidth a room has that add_room made by its name alone.',
    statements: ['page.setup.defaults', 'page.manager.add-room'],
    needs: ['whip', 'whep'],
    async run(context) {
      const track = await context.use(roomWithoutParameters);
      const actual = trackText(track);
      const evidence = [trackTable(track)];
      if (context.target.bars === undefined) return observed(actual, evidence);
      const expected = `the defaults of configured rooms: bitrate/samplerate/samples ${wantedText(defaults)}`;
      const outcome = judge(isAsWanted(track), { expected, actual, evidence });
      return unlessBusy(outcome, track.latenessMs, maxStallMs);
    },
  },
];
