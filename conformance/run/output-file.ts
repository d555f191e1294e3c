import { open, rm, writeFile } from 'node:fs/promises';
import { outputError } from './output-folder.ts';

/** A file that is certain to be writable before the work for it begins. */
export class OutputFile {
  readonly #path: string;
  /** True until something is written to a file that was not there before. */
  #isEmpty: boolean;

  private constructor(path: string, isNew: boolean) {
    this.#path = path;
    this.#isEmpty = isNew;
  }

  /**
   * Makes the file, or tries whether the one that is there can be written to.
   * @throws OutputError where it cannot
   */
  static async prepare(path: string): Promise<OutputFile> {
    try {
      const isNew = await touch(path, 'wx').catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        return false;
      });
      if (!isNew) await touch(path, 'r+');
      return new OutputFile(path, isNew);
    } catch (error) {
      throw outputError(path, error);
    }
  }

  /** @throws OutputError where it cannot be written after all */
  async write(content: Uint8Array): Promise<void> {
    this.#isEmpty = false;
    await writeFile(this.#path, content).catch((error: unknown) => {
      throw outputError(this.#path, error);
    });
  }

  /** Leaves no empty file behind where nothing was written. */
  async close(): Promise<void> {
    if (this.#isEmpty) await rm(this.#path, { force: true });
    this.#isEmpty = false;
  }
}

async function touch(path: string, flags: string): Promise<true> {
  await (await open(path, flags)).close();
  return true;
}
