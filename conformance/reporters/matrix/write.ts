import { type Matrix, matrixOf, type TargetRun } from '../../compare/matrix.ts';
import { isFileReporter, type ReporterName } from '../names.ts';
import {
  type ReportFile,
  reportFiles,
  runFolderName,
  type WriteReportsOptions,
  writeRunFolder,
} from '../write.ts';
import { renderMatrixHtml } from './html.ts';
import { renderMatrixMarkdown } from './markdown.ts';

/**
 * Writes the reports of several targets into one new folder of `outDir`: the matrix as `index.html`, `matrix.json`
 * and `summary.md`, and a folder for each target with its own reports, to which the matrix leads.
 * @returns the paths of the files, those of the matrix first
 * @throws where the folder cannot be written to; nothing half-written stays behind
 */
export async function writeMatrix(
  runs: readonly TargetRun[],
  outDir: string,
  which: readonly ReporterName[],
  options: WriteReportsOptions = {},
): Promise<string[]> {
  const report = runs.find((run) => run.report !== undefined)?.report;
  if (report === undefined || !which.some(isFileReporter)) return [];
  const matrix = matrixOf(runs);
  const ofTargets = runs.flatMap(({ folder, report: own }) =>
    own === undefined
      ? []
      : reportFiles(own, which).map(([path, render]): ReportFile => [`${folder}/${path}`, render]),
  );
  return writeRunFolder(
    outDir,
    runFolderName(report),
    [...matrixFiles(matrix, which), ...ofTargets],
    options,
  );
}

function matrixFiles(matrix: Matrix, which: readonly ReporterName[]): ReportFile[] {
  const links = which.includes('html');
  const files: readonly [ReporterName, ReportFile][] = [
    ['html', ['index.html', () => renderMatrixHtml(matrix, { links })]],
    ['json', ['matrix.json', () => `${JSON.stringify(matrix, null, 1)}\n`]],
    ['markdown', ['summary.md', () => renderMatrixMarkdown(matrix)]],
  ];
  return files.filter(([name]) => which.includes(name)).map(([, file]) => file);
}

/** A name for the folder of a target, without anything a file system or a link could stumble on. */
export function targetFolderName(index: number, name: string): string {
  const words = name.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return `${index + 1}-${words.slice(0, 60) || 'target'}`;
}
