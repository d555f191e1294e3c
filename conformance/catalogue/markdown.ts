import { chapterOf } from '../reporters/summary.ts';
import type { Clause } from '../run/clause.ts';
import { chapterTitles } from './chapters.ts';
import { clientFacts } from './client-facts.ts';
import { coverageOf, type StatementCoverage } from './coverage.ts';
import { needs } from './needs.ts';
import { type Provenance, provenanceOf } from './provenance.ts';
import { pageStatements } from './statements.ts';

const saidBy: Readonly<Record<Provenance, string>> = {
  page: 'the page',
  'official-client': 'an official client',
  'public-material': 'public configurations',
  standard: 'a standard',
  'our-decision': 'nobody: our decision',
};

/** What `docs/clauses.md` holds: every clause by chapter, and the documentation page statement by statement. */
export function catalogueAsMarkdown(clauses: readonly Clause[]): string {
  const chapters = [...new Set(clauses.map(({ id }) => chapterOf(id)))];
  const page = coverageOf(pageStatements, clauses);
  const parts = [
    '<!-- Written by `npm run docs` from conformance/clauses and conformance/catalogue: changes go there. -->',
    '# What the suite measures',
    summary(clauses, page),
    legend,
    table(
      ['need', 'what it is'],
      Object.entries(needs).map(([need, text]) => [code(need), text]),
    ),
    ...chapters.flatMap((chapter) => [
      `## \`${chapter}\`: ${chapterTitles[chapter] ?? chapter}`,
      clauseTable(clauses.filter(({ id }) => chapterOf(id) === chapter)),
    ]),
    '## The documentation page, statement by statement',
    'What Flussonic’s page *Dynamic Chat Rooms* says, in words of our own, and the clauses that measure it.',
    ...byPlace(page).flatMap(([where, covered]) => [`### ${capitalised(where)}`, statementTable(covered)]),
    '## What clients and standards ask for',
    statementTable(coverageOf(clientFacts, clauses), true),
  ];
  return `${parts.join('\n\n')}\n`;
}

function summary(clauses: readonly Clause[], page: readonly StatementCoverage[]): string {
  const count = (level: Clause['level']) => clauses.filter((clause) => clause.level === level).length;
  const measured = page.filter((one) => one.clauses.length > 0).length;
  return [
    `${clauses.length} clauses: ${count('documented')} documented, ${count('client-required')} client-required,`,
    `${count('undocumented')} undocumented. The page makes ${page.length} statements: ${measured} are measured,`,
    `${page.length - measured} cannot be, each with its reason.`,
  ].join('\n');
}

const legend = [
  '- **documented**: the page says it; a server that does otherwise fails.',
  '- **client-required**: official clients or the standards they follow need it; a server that does otherwise fails.',
  '- **undocumented**: the page leaves it open. What a server does is recorded (`observed`); the emulator is judged by',
  '  what this project decided.',
].join('\n');

function clauseTable(clauses: readonly Clause[]): string {
  const rows = clauses.map((clause) => {
    const provenance = provenanceOf(clause);
    return [
      `<a id="${clause.id}"></a>${code(clause.id)}`,
      clause.level,
      provenance === undefined ? '' : saidBy[provenance],
      clause.statements.map(link).join(', '),
      clause.needs.map(code).join(', ') || '–',
      clause.requirement,
    ];
  });
  return table(['clause', 'level', 'said by', 'statements', 'needs', 'requirement'], rows);
}

function statementTable(covered: readonly StatementCoverage[], withPlace = false): string {
  const rows = covered.map(({ statement, clauses }) => [
    `<a id="${statement.id}"></a>${code(statement.id)}`,
    ...(withPlace ? [statement.where] : []),
    statement.text,
    clauses.length === 0
      ? `*not measured:* ${statement.untestable ?? ''}`
      : clauses.map(({ id }) => link(id)).join(', '),
  ]);
  return table(['statement', ...(withPlace ? ['where'] : []), 'what is said', 'measured by'], rows);
}

function byPlace(covered: readonly StatementCoverage[]): [string, StatementCoverage[]][] {
  const places = new Map<string, StatementCoverage[]>();
  for (const one of covered) {
    places.set(one.statement.where, [...(places.get(one.statement.where) ?? []), one]);
  }
  return [...places];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function code(text: string): string {
  return `\`${text}\``;
}

function link(id: string): string {
  return `[${code(id)}](#${id})`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
