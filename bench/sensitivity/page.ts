import { notHeardDb } from '../../conformance/scenarios/heard-matrix.ts';
import { alwaysFoundFromDb, type SensitivityRow, sensitivityTable } from './table.ts';

/**
 * `docs/sensitivity.md`: what was tried, the rows, and what they say.
 * @param rows at least one
 */
export function sensitivityPage(rows: readonly SensitivityRow[]): string {
  return `# How soft a voice the suite finds

A member hears itself, that much softer than the others hear it: how often do the clauses
\`audio.minus-self.*\` on tones say so? And how often do they say it of a member who does not? Voices came
through Opus at 64 kbit/s, the mix through Opus at the bit rate of the table, and both ways lost packets as the
table says (concealed by the server, silent for the listener). Every trial has other voices, phases and losses.
What the clauses call a leak lies above ${notHeardDb} dB. They measure rooms of at most five members: tones of ten lie nearer to
each other than the clauses have them.

Made by \`npm run bench -- sensitivity --out docs/sensitivity.md\`, some twenty minutes of one core (\`--jobs 2\`
takes two). Rows that the page has are kept, so that a run can be stopped and gone on with; \`--anew\` tries all again.

${sensitivityTable(rows)}

${closing(rows)}
`;
}

/** What the rows say, in words that follow from them. */
function closing(rows: readonly SensitivityRow[]): string {
  const sizes = [...new Set(rows.map(({ members }) => members))];
  return `${sizes.map((members) => `- ${sizeSentence(rows.filter((row) => row.members === members))}`).join('\n')}

Where a leak is found that is not there, what Opus makes of the others has come up to the limit. The rooms in which the
suite looks for leaks have at most five members and the default of 64 kbit/s. It makes rooms of 24 and 32 kbit/s too, but
looks there at the parameters of Opus alone, never for a leak.`;
}

/** @param rows all of one size of room */
function sizeSentence(rows: readonly SensitivityRow[]): string {
  const { members } = rows[0]!;
  const rates = [...new Set(rows.map(({ bitrateKbps }) => bitrateKbps))].sort((a, b) => b - a);
  const noisyAt = rates.findIndex((rate) =>
    rows.some((row) => row.bitrateKbps === rate && row.falseAlarms > 0),
  );
  const clean = noisyAt === -1 ? rates.at(-1) : rates[noisyAt - 1];
  const judged = rows.filter(({ bitrateKbps }) => bitrateKbps >= (clean ?? 0));
  const found = [...new Set(judged.map(({ loss }) => loss))]
    .map(
      (loss) => `${foundText(worstFoundFrom(judged.filter((row) => row.loss === loss)))} ${lossText(loss)}`,
    )
    .join(' and ');
  const falsely = falselyText(rows);
  const where = `${members} members`;
  if (clean === undefined)
    return `${where}: the suite found ${found} at any bit rate tried, but also ${falsely}.`;
  const cleanly = `${where}: from ${clean} kbit/s on the suite found ${found}, and none where there was none`;
  return noisyAt === -1 ? `${cleanly}.` : `${cleanly}; below, it also found ${falsely}.`;
}

function falselyText(rows: readonly SensitivityRow[]): string {
  const worst = rows.reduce((most, row) => (row.falseAlarms > most.falseAlarms ? row : most));
  return `a leak that was not there in up to ${worst.falseAlarms} of ${worst.trials} runs (${worst.bitrateKbps} kbit/s, ${lossText(worst.loss)})`;
}

function foundText(fromDb: number | undefined): string {
  return fromDb === undefined ? 'not every leak of any level' : `every leak of ${fromDb} dB and more`;
}

/** The softest level from which on a leak was found every time in all the rows. */
function worstFoundFrom(rows: readonly SensitivityRow[]): number | undefined {
  const levels = rows.map(alwaysFoundFromDb);
  return levels.includes(undefined) ? undefined : Math.max(...levels.map((level) => level!));
}

function lossText(loss: number): string {
  return loss === 0 ? 'without loss' : `with ${100 * loss} % of the packets lost`;
}
