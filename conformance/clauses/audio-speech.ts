import { speechClipCount } from '../../media-samples/index.ts';
import type { SourceLevel } from '../analysis/joint-projection.ts';
import { loudDbfs } from '../bots/signatures/render.ts';
import { speechClip } from '../bots/speech-clip.ts';
import type { HeatMapEvidence, MeasurementsEvidence, SoundEvidence } from '../report.ts';
import type { Clause } from '../run/clause.ts';
import { judge } from '../run/clause.ts';
import type { RunContext, Scenario } from '../run/context.ts';
import { inThread } from '../scenarios/analysis-thread/in-thread.ts';
import { maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import { db } from '../scenarios/heard-matrix.ts';
import { recordRoom } from '../scenarios/room-recording.ts';
import { soundOf } from '../scenarios/sound-evidence.ts';
import { worstFloorDb } from '../scenarios/steady-levels.ts';

/**
 * Voices are alike, and Opus changes them: who is absent reads about -45 dB, and about -30 dB where a mixer
 * has to turn loud voices down, which changes them too.
 */
interface SpeechLimits {
  /** A leak above this is found. */
  readonly notHeardDb: number;
  /** With a higher floor the recording has slips (frames left out or doubled), and says too little. */
  readonly maxFloorDb: number;
}
const quietLimits: SpeechLimits = { notHeardDb: -30, maxFloorDb: -30 };
const loudLimits: SpeechLimits = { notHeardDb: -20, maxFloorDb: -20 };
const heardDb = -12;
const maxAttempts = 3;

interface SpeechMatrix {
  readonly limits: SpeechLimits;
  readonly tracks: readonly string[];
  readonly members: readonly string[];
  readonly levels: readonly (readonly SourceLevel[])[];
  /** What is heard in the halves with slips, by track. */
  readonly besides: readonly (readonly SourceLevel[])[];
  readonly sound: SoundEvidence;
  /** How late the bots were at the worst: who is missing then may not be missing by the server's fault. */
  readonly latenessMs: number;
  /** Tracks of which only the half without a slip was measured. */
  readonly byHalf: readonly string[];
  /** How often the room was recorded until the recordings said enough. */
  readonly attempts: number;
}

function speechRoom(label: string, limits: SpeechLimits, peakDbfs?: number): Scenario<SpeechMatrix> {
  return {
    name: label,
    async play(context) {
      let matrix: SpeechMatrix;
      let attempt = 0;
      do {
        attempt += 1;
        const recorded = await recordSpeech(context, `${label}-${attempt}`, limits, peakDbfs);
        matrix = { ...recorded, limits, attempts: attempt };
      } while (floorOf(matrix) > limits.maxFloorDb && attempt < maxAttempts);
      return matrix;
    },
  };
}

async function recordSpeech(
  context: RunContext,
  label: string,
  { maxFloorDb }: SpeechLimits,
  peakDbfs?: number,
): Promise<Omit<SpeechMatrix, 'limits' | 'attempts'>> {
  const members = ['alice', 'bob', 'carol'];
  const clips = members.map((name, i) => speechClip(name, context.pick(i, speechClipCount), peakDbfs));
  const recorded = await recordRoom(context, {
    label,
    clips: new Map(clips.map(({ sent, clip }) => [sent.name, clip])),
    seconds: 3,
    settleSeconds: 2,
  });
  const sources = clips.map(({ sent }) => sent);
  const tracks = recorded.tracks.map(({ label: track }) => track);
  const recordings = recorded.tracks.map(({ recording }) => recording.pcm);
  const heard = await inThread('steadyLevels', [recordings, sources, maxFloorDb], context.signal);
  return {
    tracks,
    members,
    levels: heard.map(({ levels }) => levels),
    besides: heard.map(({ besides }) => besides),
    byHalf: tracks.filter((_, track) => heard[track]!.byHalf),
    sound: soundOf(recorded),
    latenessMs: recorded.latenessMs,
  };
}

function floorOf({ levels }: Pick<SpeechMatrix, 'levels'>): number {
  return worstFloorDb(levels.flat());
}

const speech = speechRoom('speech', quietLimits);
const loudSpeech = speechRoom('loud-speech', loudLimits, loudDbfs);

function evidenceOf(matrix: SpeechMatrix): [HeatMapEvidence, MeasurementsEvidence, SoundEvidence] {
  return [
    {
      type: 'heat-map',
      title: 'Whose voice is heard in which track; empty where none was found',
      rows: matrix.tracks,
      columns: matrix.members,
      limitsDb: { heardAtLeast: heardDb, notHeardAtMost: matrix.limits.notHeardDb },
      gainsDb: matrix.levels.map((row) => row.map(({ gainDb, isClear }) => (isClear ? gainDb : null))),
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
    matrix.sound,
  ];
}

function speechClause(
  description: Pick<Clause, 'id' | 'title' | 'requirement' | 'statements'>,
  room: Scenario<SpeechMatrix>,
  own: boolean,
): Clause {
  return {
    ...description,
    level: 'documented',
    source: 'introduction, on the tracks all and STREAM_NAME',
    needs: ['whip', 'whep'],
    exclusive: 'speech',
    async run(context) {
      const matrix = await context.use(room);
      if (floorOf(matrix) > matrix.limits.maxFloorDb) {
        const reason = `the recordings have slips: a voice at ${db(floorOf(matrix))} would not be found`;
        return { verdict: 'error', reason, evidence: evidenceOf(matrix), attempts: matrix.attempts };
      }
      const cellsIn = (levels: SpeechMatrix['levels']) =>
        matrix.tracks.flatMap((track, row) =>
          levels[row]!.filter(({ name }) => (name === track) === own).map((level) => ({ ...level, track })),
        );
      const cells = cellsIn(matrix.levels);
      // Who is not found beside a slip may be there all the same; who is found is.
      const wrong = own
        ? [...cells, ...cellsIn(matrix.besides)].filter(
            ({ gainDb, isClear }) => isClear && gainDb > matrix.limits.notHeardDb,
          )
        : cells.filter(({ gainDb, isClear }) => !isClear || gainDb < heardDb);
      const shown = wrong.length > 0 ? wrong : cells;
      const judged = judge(wrong.length === 0, {
        expected: own
          ? `no voice found above ${db(matrix.limits.notHeardDb)} in its own track`
          : `every other voice found at ${db(heardDb)} or more`,
        actual: shown.map(({ name, track, gainDb }) => `${name} in ${track} at ${db(gainDb)}`).join(', '),
        evidence: evidenceOf(matrix),
      });
      // Who hears itself does so on any machine; to be missing is another matter.
      const outcome = own ? judged : unlessBusy(judged, matrix.latenessMs, maxStallMs);
      if (outcome.actual === undefined) return outcome;
      // What had to be recorded anew could not be measured: nothing failed that passes now.
      const anew =
        matrix.attempts > 1 && `recorded ${matrix.attempts} times, since recordings before had slips`;
      const byHalf =
        matrix.byHalf.length > 0 && `by the half without a slip in the tracks ${matrix.byHalf.join(', ')}`;
      return { ...outcome, actual: [outcome.actual, anew, byHalf].filter(Boolean).join('; ') };
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
      statements: ['page.mix.own.without-self'],
    },
    speech,
    true,
  ),
  speechClause(
    {
      id: 'audio.others.quiet-speech',
      title: 'everybody else is heard, speech',
      requirement: 'In all everybody is heard, in a participant’s track all others; measured with speech.',
      statements: ['page.mix.own.others', 'page.mix.all'],
    },
    speech,
    false,
  ),
  speechClause(
    {
      id: 'audio.minus-self.loud-speech',
      title: 'nobody hears itself, three loud voices at once',
      requirement: 'Minus-self holds when all shout: measured with speech up to full scale.',
      statements: ['page.mix.own.without-self'],
    },
    loudSpeech,
    true,
  ),
  speechClause(
    {
      id: 'audio.others.loud-speech',
      title: 'everybody else is heard, three loud voices at once',
      requirement: 'All others are heard when all shout: measured with speech up to full scale.',
      statements: ['page.mix.own.others', 'page.mix.all'],
    },
    loudSpeech,
    false,
  ),
];
