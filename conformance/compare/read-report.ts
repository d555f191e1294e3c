import { readFile, stat } from 'node:fs/promises';
import type { Report } from '../report.ts';
import { oneLine } from '../reporters/text.ts';
import { CheckError } from './check.ts';
import { reportSchema } from './report-schema.ts';

/** A report cannot be used; the message is a sentence with the file, and the field that is wrong. */
export class ReportFileError extends Error {
  override readonly name = 'ReportFileError';
}

/** With all its pictures a report has some MB. */
const sizeLimit = 128 * 2 ** 20;

/**
 * Reads a `report.json`. The file may be hostile: nothing of it is taken that the schema does not know.
 * @throws ReportFileError where it cannot be read, or is no report
 */
export async function readReport(path: string): Promise<Report> {
  return parseReport(await readText(path), path);
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > sizeLimit) throw new Error(`it is larger than ${sizeLimit / 2 ** 20} MB`);
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ReportFileError(`${oneLine(path)} cannot be read: ${oneLine((error as Error).message)}`);
  }
}

/**
 * @param name what the text is called in messages
 * @throws ReportFileError where it is no report
 */
export function parseReport(text: string, name: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ReportFileError(`${oneLine(name)} is no JSON: is it the report.json of a run?`);
  }
  try {
    return requireDistinct(reportSchema(value, ''));
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    const where = error.path === '' ? '' : `${oneLine(error.path).slice(0, 200)}: `;
    throw new ReportFileError(`${oneLine(name)} is no report.json of a run: ${where}${error.message}`);
  }
}

function requireDistinct(report: Report): Report {
  const seen = new Set<string>();
  for (const [index, { clause }] of report.results.entries()) {
    const path = `results[${index}].clause.id`;
    if (seen.has(clause.id)) throw new CheckError(path, 'it stands there a second time');
    seen.add(clause.id);
  }
  return report;
}
