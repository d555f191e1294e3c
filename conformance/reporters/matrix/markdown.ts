import { type Matrix, type MatrixCell, type MatrixRow, matrixSentence } from '../../compare/matrix.ts';
import { verdictPictures } from '../markdown.ts';
import { code, inline } from '../markdown-text.ts';
import { verdictWords } from '../summary.ts';
import { plural } from '../text.ts';

/** The matrix as a job summary in GitHub-flavoured Markdown: differences first, all clauses folded away. */
export function renderMatrixMarkdown(matrix: Matrix): string {
  const differing = matrix.rows.filter(({ differs }) => differs);
  const targets = matrix.columns.map(({ name, server, verdict, sentence }, index) => {
    const shown = server === undefined ? inline(name) : `${inline(name)} (${inline(server)})`;
    return `${index + 1}. ${verdictPictures[verdict]} ${shown}: ${inline(sentence)}`;
  });
  const sections = [
    `## mosaic2 conformance: ${plural(matrix.columns.length, 'target')}`,
    `**${matrixSentence(matrix)}**`,
    targets.join('\n'),
    differing.length === 0 ? '' : `### Differences\n\n${table(matrix, differing, true)}`,
    matrix.rows.length === 0
      ? ''
      : `<details><summary>All clauses</summary>\n\n${table(matrix, matrix.rows, false)}\n\n</details>`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function table({ columns }: Matrix, rows: readonly MatrixRow[], withText: boolean): string {
  const cellText = (cell: MatrixCell | null) => {
    if (cell === null) return 'not run';
    const words = `${verdictPictures[cell.verdict]} ${verdictWords[cell.verdict]}${cell.flaky ? ', flaky' : ''}`;
    return withText && cell.text !== '' ? `${words}<br>${inline(cell.text.slice(0, 300))}` : words;
  };
  return [
    `| clause | ${columns.map((_, index) => `target ${index + 1}`).join(' | ')} |`,
    `| :-- | ${columns.map(() => ':--').join(' | ')} |`,
    ...rows.map(({ id, cells }) => `| ${code(id)} | ${cells.map(cellText).join(' | ')} |`),
  ].join('\n');
}
