import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  const names = [...new Set(which.filter(isFileReporter))];
  if (names.length === 0) return [];
  await mkdir(outDir, { recursive: true });
  const folder = await writeFolder(report, outDir, names);
  await pointLatest(outDir, folder, options.symlink ?? ((target, path) => symlink(target, path, 'dir')));
  return names.map((name) => join(outDir, folder, reportFileNames[name]));
}

/** A folder name without anything a file system could stumble on: `2026-11-22T23-06-29-seed-42`. */
export function runFolderName(report: Report): string {
  const milliseconds = Date.parse(report.startedAt);
  const start = Number.isNaN(milliseconds) ? 'run' : new Date(milliseconds).toISOString().slice(0, 19);
  return `${start}-seed-${report.seed}`.replace(/[^A-Za-z0-9-]+/g, '-');
}

async function writeFolder(
  report: Report,
  outDir: string,
  names: readonly FileReporterName[],
): Promise<string> {
  const temporary = await mkdtemp(join(outDir, '.writing-'));
  try {
    for (const name of names)
      await writeFile(join(temporary, reportFileNames[name]), renderers[name](report));
    // Made for its owner alone; whoever serves or collects reports must read it.
    await chmod(temporary, 0o755);
    return await renameToFree(temporary, outDir, runFolderName(report));
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
