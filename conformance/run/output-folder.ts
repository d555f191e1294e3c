import { mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A run's results cannot be written where its caller wants them; the message is a sentence. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

/**
 * Makes a folder for reports, and tries whether it can be written to: before a run, not after it.
 * @throws OutputError where it cannot
 */
export async function prepareOutputFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await rmdir(await mkdtemp(join(folder, '.trying-')));
  } catch (error) {
    throw outputError(folder, error);
  }
}

/** @param path what was to be written */
export function outputError(path: string, cause: unknown): OutputError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new OutputError(`${path} cannot be written: ${reason}`, { cause });
}
