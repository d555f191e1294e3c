import { distortionDb } from '../analysis/distortion.ts';
import { pitchOffsetPpm } from '../analysis/pitch.ts';
import { type Clause, judge, observed } from '../run/clause.ts';
import { maxStallMs, unlessBusy } from '../scenarios/busy.ts';
import { db } from '../scenarios/heard-matrix.ts';
import { loudRoom, quietRoom, tonesIn } from '../scenarios/tone-rooms.ts';

const needs = ['whip', 'whep'] as const;

/** How much a mix changes those who are in it. */
export const fidelityClauses: readonly Clause[] = [
  {
    id: 'audio.loud.distortion',
    title: 'a mix that is over full scale is turned down, not cut',
    level: 'undocumented',
    source: 'nothing is said of a mix that is louder than full scale',
    requirement: 'What there is beside five loud tones in the tracks of a room, against these tones.',
    statements: ['page.mix.all'],
    needs,
    async run(context) {
      const { tracks, sent, sound, latenessMs } = await context.use(loudRoom);
      const found = tracks.map(({ label, recording }) => ({
        label,
        levelDb: distortionDb(recording.pcm, tonesIn(label, sent)),
      }));
      const worst = found.reduce((most, one) => (one.levelDb > most.levelDb ? one : most));
      const actual = `most in ${worst.label}: ${db(worst.levelDb)}`;
      const evidence = [
        {
          type: 'measurements' as const,
          title: 'Beside the tones, against the tones',
          rows: found.map(({ label, levelDb }) => ({ name: label, value: db(levelDb) })),
        },
        sound,
      ];
      const bar = context.target.bars?.distortionDb;
      if (bar === undefined) return observed(actual, evidence);
      const expected = `${db(bar)} or less in every track`;
      return unlessBusy(judge(worst.levelDb <= bar, { expected, actual, evidence }), latenessMs, maxStallMs);
    },
  },
  {
    id: 'audio.pitch',
    title: 'members are heard at the pitch they speak at',
    level: 'undocumented',
    source: 'nothing is said of clocks',
    requirement:
      'How much higher or lower tones are in a mix than sent: what a sample clock of its own makes of them.',
    statements: ['page.mix.members-frames'],
    needs,
    async run(context) {
      const { tracks, sent, latenessMs } = await context.use(quietRoom);
      // One track of each kind: all of a room run by its clock.
      const found = tracks.slice(0, 2).map(({ label, recording }) => ({
        label,
        ppm: pitchOffsetPpm(recording.pcm, tonesIn(label, sent)),
      }));
      const actual = found
        .map(
          ({ label, ppm }) => `${label}: ${ppm === undefined ? 'not within 1 %' : `${ppm.toFixed(0)} ppm`}`,
        )
        .join(', ');
      const bar = context.target.bars?.pitchPpm;
      if (bar === undefined) return observed(actual);
      const holds = found.every(({ ppm }) => ppm !== undefined && Math.abs(ppm) <= bar);
      return unlessBusy(judge(holds, { expected: `within ±${bar} ppm`, actual }), latenessMs, maxStallMs);
    },
  },
];
