import { jointProjection, type SourceLevel } from '../analysis/joint-projection.ts';
import { loudDbfs } from '../bots/signatures/render.ts';
import { speechClip } from '../bots/speech-clip.ts';
import type { HeatMapEvidence, MeasurementsEvidence } from '../report.ts';
import type { Clause } from '../run/clause.ts';
import { judge } from '../run/clause.ts';
import type { Scenario } from '../run/context.ts';
import { db } from './support/heard-matrix.ts';
import { recordRoom } from './support/room-recording.ts';

/**
 * Voices are alike, and Opus changes them: who is absent reads about -27 dB after three seconds. What is
 * clearly above this has been found, and is there.
 */
const notHeardSpeechDb = -20;
const heardSpeechDb = -15;

interface SpeechMatrix {
  readonly tracks: readonly string[];
  readonly members: readonly string[];
  readonly levels: readonly (readonly SourceLevel[])[];
}

function speechRoom(label: string, peakDbfs?: number): Scenario<SpeechMatrix> {
  return {
    name: label,
    async play(context) {
      const members = ['anna', 'bruce', 'fiona'];
      const clips = members.map((name, i) => speechClip(name, i, peakDbfs));
      const recorded = await recordRoom(context, {
        label,
        clips: new Map(clips.map(({ sent, clip }) => [sent.name, clip])),
        seconds: 3,
      });
      const sources = clips.map(({ sent }) => sent);
      return {
        tracks: recorded.tracks.map((track) => track.label),
        members,
        levels: recorded.tracks.map(({ recording }) => jointProjection(recording.pcm, sources)),
      };
    },
  };
}

const speech = speechRoom('speech');
const loudSpeech = speechRoom('loud-speech', loudDbfs);

function evidenceOf(matrix: SpeechMatrix): [HeatMapEvidence, MeasurementsEvidence] {
  return [
    {
      type: 'heat-map',
      title: 'Whose voice is heard in which track',
      rows: matrix.tracks,
      columns: matrix.members,
      limitsDb: { heardAtLeast: heardSpeechDb, notHeardAtMost: notHeardSpeechDb },
      gainsDb: matrix.levels.map((row) => row.map(({ gainDb }) => gainDb)),
      expected: matrix.tracks.map((track) =>
        matrix.members.map((member) => (track === member ? 'not-heard' : 'heard')),
      ),
    },
    {
      type: 'measurements',
      title: 'Below this a voice could be there and not be found: the level that chance alone would show',
      rows: matrix.tracks.flatMap((track, row) =>
        matrix.levels[row]!.map(({ name, floorDb }) => ({ name: `${name} in ${track}`, value: db(floorDb) })),
      ),
    },
  ];
}

function speechClause(
  description: Pick<Clause, 'id' | 'title' | 'requirement'>,
  room: Scenario<SpeechMatrix>,
  own: boolean,
): Clause {
  return {
    ...description,
    level: 'documented',
    source: 'introduction, on the tracks all and STREAM_NAME',
    async run(context) {
      const matrix = await context.use(room);
      const cells = matrix.tracks.flatMap((track, row) =>
        matrix.levels[row]!.filter(({ name }) => (name === track) === own).map((level) => ({
          ...level,
          track,
        })),
      );
      const wrong = cells.filter(({ gainDb, isClear }) =>
        own ? isClear && gainDb > notHeardSpeechDb : !isClear || gainDb < heardSpeechDb,
      );
      const shown = wrong.length > 0 ? wrong : cells;
      return judge(wrong.length === 0, {
        expected: own
          ? `no voice found above ${db(notHeardSpeechDb)} in its own track`
          : `every other voice found at ${db(heardSpeechDb)} or more`,
        actual: shown.map(({ name, track, gainDb }) => `${name} in ${track} at ${db(gainDb)}`).join(', '),
        evidence: evidenceOf(matrix),
      });
    },
  };
}

/** Who is heard by whom, measured with recorded speech. */
export const speechClauses: readonly Clause[] = [
  speechClause(
    {
      id: 'audio.minus-self.quiet-speech',
      title: 'nobody hears itself, speech',
      requirement:
        'In the track of a participant everybody is heard but this participant; measured with speech.',
    },
    speech,
    true,
  ),
  speechClause(
    {
      id: 'audio.others.quiet-speech',
      title: 'everybody else is heard, speech',
      requirement: 'In all everybody is heard, in a participant’s track all others; measured with speech.',
    },
    speech,
    false,
  ),
  speechClause(
    {
      id: 'audio.minus-self.loud-speech',
      title: 'nobody hears itself, three loud voices at once',
      requirement: 'Minus-self holds when all shout: measured with speech up to full scale.',
    },
    loudSpeech,
    true,
  ),
  speechClause(
    {
      id: 'audio.others.loud-speech',
      title: 'everybody else is heard, three loud voices at once',
      requirement: 'All others are heard when all shout: measured with speech up to full scale.',
    },
    loudSpeech,
    false,
  ),
];
