import { type Matrix, type MatrixCell, type MatrixRow, matrixSentence } from '../../compare/matrix.ts';
import { verdictSigns } from '../console-lines.ts';
import type { ConsolePaint } from '../console-paint.ts';
import { verdictWords } from '../summary.ts';
import { oneLine } from '../text.ts';

/** The matrix for a terminal or a log: targets by their numbers, then a line for each clause; `≠` marks differences. */
export function matrixLines(matrix: Matrix, paint: ConsolePaint): string[] {
  const idWidth = Math.max('clause'.length, ...matrix.rows.map(({ id }) => oneLine(id).length));
  const cellWidth = Math.max(
    ...matrix.rows.flatMap(({ cells }) => cells.map((cell) => cellText(cell).length)),
    ...matrix.columns.map((_, index) => columnTitle(index).length),
  );
  const head = matrix.columns.map((_, index) => columnTitle(index).padEnd(cellWidth)).join('  ');
  return [
    '',
    ...matrix.columns.map(({ name, server, verdict, sentence }, index) => {
      const target = server === undefined ? oneLine(name) : `${oneLine(name)} (${oneLine(server)})`;
      return `${paint.strong(columnTitle(index))}  ${target}: ${paint.verdict(verdict, oneLine(sentence))}`;
    }),
    '',
    ...(matrix.rows.length === 0 ? [] : [paint.faint(`  ${'clause'.padEnd(idWidth)}  ${head}`.trimEnd())]),
    ...matrix.rows.map((row) => rowLine(row, idWidth, cellWidth, paint)),
    '',
    paint.strong(matrixSentence(matrix)),
  ];
}

function rowLine(
  { id, cells, differs }: MatrixRow,
  idWidth: number,
  cellWidth: number,
  paint: ConsolePaint,
): string {
  const shown = cells.map((cell, index) => {
    const text = index === cells.length - 1 ? cellText(cell) : cellText(cell).padEnd(cellWidth);
    return cell === null ? paint.faint(text) : paint.verdict(cell.verdict, text);
  });
  return `${differs ? paint.warning('≠') : ' '} ${oneLine(id).padEnd(idWidth)}  ${shown.join('  ')}`;
}

function cellText(cell: MatrixCell | null): string {
  if (cell === null) return 'not run';
  return `${verdictSigns[cell.verdict]} ${verdictWords[cell.verdict]}${cell.flaky ? ', flaky' : ''}`;
}

function columnTitle(index: number): string {
  return `target ${index + 1}`;
}
