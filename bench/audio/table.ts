import type { Contender } from './contender.ts';
import type { Figure } from './summary.ts';

/** `0.0052`; all figures of this benchmark have four decimals. */
export function formatCpu(value: number): string {
  return value.toFixed(4);
}

/**
 * The figures as text: one row per size of the room, one column per contender, and beside a contender that
 * has promised something a column for the bar.
 */
export function audioTable(contenders: readonly Contender[], figures: readonly Figure[]): string {
  const sizes = [...new Set(figures.map(({ members }) => members))];
  const heading = ['N', ...contenders.flatMap(({ title, bar }) => (bar ? [title, 'bar'] : [title]))];
  const rows = sizes.map((members) => [
    String(members),
    ...contenders.flatMap((contender) => {
      const figure = figures.find((one) => one.members === members && one.contender === contender.id);
      return contender.bar ? [cellText(figure), barText(figure)] : [cellText(figure)];
    }),
  ]);
  return alignRight([heading, ...rows]);
}

/** Whether the bars hold, how far rounds were apart, and what went wrong: a sentence each. */
export function audioNotes(contenders: readonly Contender[], figures: readonly Figure[]): string[] {
  return [
    ...contenders.flatMap((contender) => barNotes(contender, figures)),
    ...ratioNotes(contenders, figures),
    ...figures.flatMap((figure) => problemNotes(contenders, figure)),
  ];
}

function cellText(figure: Figure | undefined): string {
  if (figure?.cpuPerParticipantSecond === undefined) return 'invalid';
  return formatCpu(figure.cpuPerParticipantSecond);
}

function barText(figure: Figure | undefined): string {
  if (figure?.bar === undefined) return '';
  const sign = figure.bar.holds === false ? '>' : '≤';
  return `${sign} ${figure.bar.cpuPerParticipantSecond}`;
}

function barNotes({ id, title, bar }: Contender, figures: readonly Figure[]): string[] {
  if (bar === undefined) return [];
  const figure = figures.find((one) => one.contender === id && one.bar !== undefined);
  const promised = `${title}, N=${bar.members}: at most ${bar.cpuPerParticipantSecond}`;
  if (figure === undefined) return [`${promised} is promised; that size was not asked for.`];
  if (figure.cpuPerParticipantSecond === undefined) return [`${promised} is promised; it was not measured.`];
  const verdict = figure.bar?.holds ? 'The bar holds' : 'The bar does not hold';
  return [`${promised} is promised, measured ${formatCpu(figure.cpuPerParticipantSecond)}. ${verdict}.`];
}

/** On a busy machine ratios within a run say more than the figures. */
function ratioNotes(contenders: readonly Contender[], figures: readonly Figure[]): string[] {
  const largest = Math.max(...figures.map(({ members }) => members));
  const at = figures.filter(({ members }) => members === largest);
  const own = at.find(({ contender }) => contender === 'in-process')?.cpuPerParticipantSecond;
  const ratios = contenders.flatMap(({ id, title }) => {
    const value = at.find(({ contender }) => contender === id)?.cpuPerParticipantSecond;
    return own === undefined || value === undefined || id === 'in-process'
      ? []
      : [`${title} ${(value / own).toFixed(2)}`];
  });
  const spread = Math.max(...figures.map((figure) => figure.spread));
  const notes = spread > 0 ? [`Rounds of one cell are up to ${Math.round(spread * 100)} % apart.`] : [];
  return ratios.length === 0 ? notes : [`In-process = 1 at N=${largest}: ${ratios.join(', ')}.`, ...notes];
}

function problemNotes(contenders: readonly Contender[], figure: Figure): string[] {
  const title = contenders.find(({ id }) => id === figure.contender)?.title ?? figure.contender;
  return figure.problems.map((problem) => `${title}, N=${figure.members}, a round left out: ${problem}.`);
}

function alignRight(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((text, column) => text.padStart(widths[column]!)).join('   ')).join('\n');
}
