import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ReportFileError } from '../compare/read-report.ts';
import { oneLine } from '../reporters/text.ts';

/** Reports lie a few folders deep: artefact, run, file. */
const maxDepth = 8;
const maxReports = 1000;

/**
 * The reports that are meant by files and folders: in a folder every `report.json`, at any depth. Links within a
 * folder are passed over, for `latest` points to a run that is found anyway.
 * @throws ReportFileError where one cannot be read, a folder has none, or there are too many
 */
export async function findReports(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const before = found.length;
    if (await isFolder(path)) await search(path, maxDepth, found);
    else found.push(path);
    if (found.length === before) throw new ReportFileError(`there is no report.json in ${oneLine(path)}`);
  }
  return found;
}

async function isFolder(path: string): Promise<boolean> {
  return (await orRefuse(path, stat(path))).isDirectory();
}

async function search(folder: string, depth: number, found: string[]): Promise<void> {
  const entries = await orRefuse(folder, readdir(folder, { withFileTypes: true }));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile() && entry.name === 'report.json') found.push(path);
    else if (entry.isDirectory() && depth > 0) await search(path, depth - 1, found);
    if (found.length > maxReports)
      throw new ReportFileError(`there are more than ${maxReports} reports in ${oneLine(folder)}`);
  }
}

async function orRefuse<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new ReportFileError(`${oneLine(path)} cannot be read: ${oneLine((error as Error).message)}`);
  }
}

/** The paths without those whose file has the same content as one before: some stores turn links into copies. */
export async function withoutCopies(paths: readonly string[]): Promise<string[]> {
  const seen = new Set<string>();
  const kept: string[] = [];
  for (const path of paths) {
    const digest = createHash('sha256')
      .update(await orRefuse(path, readFile(path)))
      .digest('hex');
    if (!seen.has(digest)) kept.push(path);
    seen.add(digest);
  }
  return kept;
}
