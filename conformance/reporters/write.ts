import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Report } from '../report.ts';
import { renderCtrf } from './ctrf.ts';
import { renderHtml } from './html/index.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { type FileReporterName, isFileReporter, type ReporterName, reportFileNames } from './names.ts';

const renderers: Readonly<Record<FileReporterName, (report: Report) => string>> = {
  html: renderHtml,
  junit: renderJunit,
  ctrf: renderCtrf,
  json: renderJson,
  markdown: renderMarkdown,
};

/** How often a folder name is tried with another number before giving up. */
const nameAttempts = 1000;

/** Replaceable parts of {@link writeReports}. */
export interface WriteReportsOptions {
  /** Makes a symbolic link; default that of the file system. */
  readonly symlink?: (target: string, path: string) => Promise<void>;
}

/**
 * Writes a report into a new folder of `outDir`, named by the start of the run and its seed, and lets
 * `latest` beside it point there: a relative symbolic link, or the folder's name in `latest.txt` where links
 * cannot be made. The folder appears whole or not at all. `console` writes no file and is passed over.
 * @returns the paths of the files, in the order of `which`; none where it names no reporter that writes
 * @throws where the folder cannot be written to; nothing half-written stays behind
 */
export async function writeReports(
  report: Report,
  outDir: string,
  which: readonly ReporterName[],
  options: WriteReportsOptions = {},
): Promise<string[]> {
  const files = reportFiles(report, which);
  if (files.length === 0) return [];
  return writeRunFolder(outDir, runFolderName(report), files, options);
}

/** A file of a run's folder, and what makes its text. */
export type ReportFile = readonly [path: string, render: () => string];

/** The files of a report. */
export function reportFiles(report: Report, which: readonly ReporterName[]): ReportFile[] {
  const names = [...new Set(which.filter(isFileReporter))];
  return names.map((name) => [reportFileNames[name], () => renderers[name](report)]);
}

/**
 * Writes files into a new folder of `outDir`, which appears whole or not at all, and lets `latest` point to it.
 * @returns the paths of the files
 * @throws where the folder cannot be written to; nothing half-written stays behind
 */
export async function writeRunFolder(
  outDir: string,
  name: string,
  files: readonly ReportFile[],
  options: WriteReportsOptions = {},
): Promise<string[]> {
  await mkdir(outDir, { recursive: true });
  const folder = await writeFolder(outDir, name, files);
  await pointLatest(outDir, folder, options.symlink ?? ((target, path) => symlink(target, path, 'dir')));
  return files.map(([path]) => join(outDir, folder, path));
}

/** A folder name without anything a file system could stumble on: `2026-11-22T23-06-29-seed-42`. */
export function runFolderName(report: Report): string {
  const milliseconds = Date.parse(report.startedAt);
  const start = Number.isNaN(milliseconds) ? 'run' : new Date(milliseconds).toISOString().slice(0, 19);
  return `${start}-seed-${report.seed}`.replace(/[^A-Za-z0-9-]+/g, '-');
}

async function writeFolder(outDir: string, name: string, files: readonly ReportFile[]): Promise<string> {
  const temporary = await mkdtemp(join(outDir, '.writing-'));
  try {
    for (const [path, render] of files) {
      const file = join(temporary, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, render());
    }
    // Made for its owner alone; whoever serves or collects reports must read it.
    await chmod(temporary, 0o755);
    return await renameToFree(temporary, outDir, name);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

// Renaming onto a folder that holds files fails, so two runs that start in one second cannot mix.
async function renameToFree(temporary: string, outDir: string, name: string): Promise<string> {
  let taken: unknown;
  for (let attempt = 1; attempt <= nameAttempts; attempt += 1) {
    const folder = attempt === 1 ? name : `${name}-${attempt}`;
    try {
      await rename(temporary, join(outDir, folder));
      return folder;
    } catch (error) {
      if (!isTaken(error)) throw error;
      taken = error;
    }
  }
  throw new Error(`no free folder name like ${name} in ${outDir}`, { cause: taken });
}

async function pointLatest(
  outDir: string,
  folder: string,
  link: (target: string, path: string) => Promise<void>,
): Promise<void> {
  const latest = join(outDir, 'latest');
  const note = join(outDir, 'latest.txt');
  const temporary = join(outDir, `.latest-${folder}`);
  try {
    await link(folder, temporary);
    await rename(temporary, latest);
    await rm(note, { force: true });
  } catch {
    // No links here, or a real folder of that name: say it in a file, and leave no link to an older run.
    await rm(temporary, { force: true });
    await rm(latest, { force: true }).catch(() => {});
    await writeFile(temporary, `${folder}\n`);
    await rename(temporary, note);
  }
}

function isTaken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EEXIST' || code === 'ENOTEMPTY' || code === 'ENOTDIR' || code === 'EPERM';
}
