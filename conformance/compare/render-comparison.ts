import type { ConsolePaint } from '../reporters/console-paint.ts';
import { code, inline } from '../reporters/markdown-text.ts';
import { verdictWords } from '../reporters/summary.ts';
import { formatStart, oneLine, plural } from '../reporters/text.ts';
import type {
  ComparedRun,
  ComparedVerdict,
  Comparison,
  LoneClause,
  ObservationChange,
  VerdictChange,
} from './compare-reports.ts';

/** What a comparison comes to, as one sentence. */
export function comparisonSentence(comparison: Comparison): string {
  const { newlyFailing, newlyPassing, otherVerdicts, onlyBefore, onlyAfter, unchanged } = comparison;
  const observations = comparison.observations.filter(({ figuresOnly }) => !figuresOnly).length;
  const parts = [
    [newlyFailing.length, 'newly failing'],
    [newlyPassing.length, 'newly passing'],
    [otherVerdicts.length, 'with another verdict'],
    [observations, 'observed otherwise'],
    [onlyBefore.length + onlyAfter.length, 'in one run only'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  const same = `${plural(unchanged, 'clause')} with the same verdict`;
  return `${told.length === 0 ? 'Nothing changed' : told.join(', ')}; ${same}.`;
}

/** For a terminal or a log: what changed, group by group. */
export function comparisonLines(comparison: Comparison, paint: ConsolePaint): string[] {
  const group = (title: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : ['', paint.strong(`${title} (${lines.length})`), ...lines.map((line) => `  ${line}`)];
  const verdict = (one: ComparedVerdict) => paint.verdict(one.verdict, verdictText(one));
  const change = ({ id, before, after }: VerdictChange) =>
    `${paint.strong(oneLine(id))}  ${verdict(before)} → ${verdict(after)}${paint.faint(because(after))}`;
  const lone = (one: LoneClause) =>
    `${oneLine(one.id)}  ${paint.verdict(one.verdict, verdictWords[one.verdict])}`;
  const observation = ({ id, before, after }: ObservationChange) =>
    `${paint.strong(oneLine(id))}\n    ${paint.faint('before')}  ${oneLine(before)}\n    ${paint.faint('after ')}  ${oneLine(after)}`;
  const { observations } = comparison;
  return [
    `${paint.faint('before')}  ${runText(comparison.before)}`,
    `${paint.faint('after ')}  ${runText(comparison.after)}`,
    ...group('Newly failing', comparison.newlyFailing.map(change)),
    ...group('Newly passing', comparison.newlyPassing.map(change)),
    ...group('Other verdicts that changed', comparison.otherVerdicts.map(change)),
    ...group('Observed otherwise', observations.filter(({ figuresOnly }) => !figuresOnly).map(observation)),
    ...group(
      'Observed with other figures',
      observations.filter(({ figuresOnly }) => figuresOnly).map(observation),
    ),
    ...group('Only before', comparison.onlyBefore.map(lone)),
    ...group('Only after', comparison.onlyAfter.map(lone)),
    '',
    comparisonSentence(comparison),
  ];
}

/** GitHub-flavoured Markdown, for a job summary or a comment. Text of the reports is escaped. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { observations } = comparison;
  const sections = [
    '## mosaic2 conformance: what changed',
    `**${comparisonSentence(comparison)}**`,
    `- before: ${inline(runText(comparison.before))}\n- after: ${inline(runText(comparison.after))}`,
    verdictTable('Newly failing', comparison.newlyFailing),
    verdictTable('Newly passing', comparison.newlyPassing),
    verdictTable('Other verdicts that changed', comparison.otherVerdicts),
    observationTable(
      'Observed otherwise',
      observations.filter(({ figuresOnly }) => !figuresOnly),
    ),
    observationTable(
      'Observed with other figures',
      observations.filter(({ figuresOnly }) => figuresOnly),
    ),
    loneList('Only before', comparison.onlyBefore),
    loneList('Only after', comparison.onlyAfter),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** For other programs. */
export function comparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 1)}\n`;
}

function verdictTable(title: string, changes: readonly VerdictChange[]): string {
  if (changes.length === 0) return '';
  const rows = changes.map(
    ({ id, before, after }) =>
      `| ${code(id)} | ${verdictText(before)} | ${verdictText(after)} | ${inline(after.reason ?? after.actual ?? '')} |`,
  );
  return [
    `### ${title} (${changes.length})`,
    '',
    '| clause | before | after | |',
    '| :-- | :-- | :-- | :-- |',
    ...rows,
  ].join('\n');
}

function observationTable(title: string, changes: readonly ObservationChange[]): string {
  if (changes.length === 0) return '';
  const rows = changes.map(
    ({ id, before, after }) => `| ${code(id)} | ${inline(before)} | ${inline(after)} |`,
  );
  return [
    `### ${title} (${changes.length})`,
    '',
    '| clause | before | after |',
    '| :-- | :-- | :-- |',
    ...rows,
  ].join('\n');
}

function loneList(title: string, clauses: readonly LoneClause[]): string {
  if (clauses.length === 0) return '';
  const lines = clauses.map(({ id, verdict }) => `- ${code(id)} ${verdictWords[verdict]}`);
  return [`### ${title} (${clauses.length})`, '', ...lines].join('\n');
}

function verdictText({ verdict, flaky }: ComparedVerdict): string {
  return flaky ? `${verdictWords[verdict]}, flaky` : verdictWords[verdict];
}

function because({ actual, reason }: ComparedVerdict): string {
  const text = oneLine(reason ?? actual ?? '');
  if (text === '') return '';
  return `  ${text.length > 300 ? `${text.slice(0, 300)}…` : text}`;
}

function runText({ target, server, startedAt, toolVersion, clauses }: ComparedRun): string {
  const name = server === undefined ? oneLine(target) : `${oneLine(target)} (${oneLine(server)})`;
  return `${name}, ${formatStart(startedAt)}, ${plural(clauses, 'clause')}, mosaic2 ${oneLine(toolVersion)}`;
}
