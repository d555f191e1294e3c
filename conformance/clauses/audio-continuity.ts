import { findToneGaps } from '../analysis/gaps.ts';
import { waveformEvidence } from '../analysis/waveform.ts';
import type { Clause } from '../run/clause.ts';
import { judge, observed } from '../run/clause.ts';
import { unlessBusy } from '../scenarios/busy.ts';
import { roomChanges } from '../scenarios/room-changes.ts';

/** How well the sound of one goes on while others come and go. */
export const continuityClauses: readonly Clause[] = [
  {
    id: 'audio.gaps',
    title: 'nobody’s sound breaks off while others come, are muted, and go',
    level: 'undocumented',
    source: 'participants can be added and removed while the chat runs; nothing is said about gaps',
    requirement: 'The longest hole in the sound of one while others join, are muted, leave and return.',
    statements: ['page.intro.add-while-running', 'page.intro.remove-while-running'],
    needs: ['whip', 'whep'],
    async run(context) {
      const { sent, tracks, parts, latenessMs } = await context.use(roomChanges);
      const alice = sent.find(({ name }) => name === 'alice')!;
      const listened = tracks.filter(({ label }) => label === 'all' || label === 'bob');
      const gaps = listened.flatMap(({ label, recording }) =>
        findToneGaps(recording.pcm, alice.frequenciesHz[0]!).map((gap) => ({ ...gap, label })),
      );
      const lost = listened.reduce((sum, { recording }) => sum + recording.lostPackets, 0);
      const longestMs = Math.max(0, ...gaps.map(({ durationMs }) => durationMs));
      const seconds = listened.reduce((sum, { recording }) => sum + recording.pcm.length / 48_000, 0);
      const where = gaps.map(
        (gap) => `${gap.durationMs.toFixed(0)} ms at ${gap.startSeconds.toFixed(1)} s in ${gap.label}`,
      );
      const actual = `longest ${longestMs.toFixed(0)} ms in ${seconds.toFixed(0)} s${where.length > 0 ? `: ${where.join(', ')}` : ''}; ${lost} packets lost on the way`;
      const all = tracks[0]!.recording;
      const startNs = all.packets[0]!.arrivalNs;
      const marks = [...parts.values()].map(({ label, fromNs }) => ({
        atSeconds: Math.max(0, Number(fromNs - startNs) / 1e9),
        label,
      }));
      const evidence = [waveformEvidence('The track all, with the changes', all.pcm, { marks })];
      const bar = context.target.bars?.gapMs;
      if (bar === undefined) return observed(actual, evidence);
      const outcome = judge(longestMs <= bar, { expected: `no gap above ${bar} ms`, actual, evidence });
      return unlessBusy(outcome, latenessMs, bar);
    },
  },
];
