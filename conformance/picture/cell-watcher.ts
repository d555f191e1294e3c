import { type FoundCell, findCells, rereadCells } from './find-cells.ts';
import type { I420Picture } from './i420.ts';

/** How often to search. */
export interface CellWatcherOptions {
  /** A full search at least once in so many pictures; default 5, so that a new cell is seen within 200 ms. */
  readonly searchEveryPictures?: number;
}

/**
 * Reads the cells of one picture after the other. Searching takes some ten milliseconds for a canvas of 1280x720;
 * reading cells again where they were takes a tenth of it. So it searches where a known cell cannot be read any
 * more (the grid has changed, the member has gone), where there was none, and now and then.
 */
export class CellWatcher {
  readonly #searchEveryPictures: number;
  #known: readonly FoundCell[] = [];
  #sinceSearch = 0;

  /** @throws RangeError where `searchEveryPictures` is not a whole number from 1 on */
  constructor(options: CellWatcherOptions = {}) {
    const { searchEveryPictures = 5 } = options;
    if (!Number.isInteger(searchEveryPictures) || searchEveryPictures < 1) {
      throw new RangeError(`CellWatcher: a search every ${searchEveryPictures} pictures`);
    }
    this.#searchEveryPictures = searchEveryPictures;
  }

  /**
   * @param picture the next one, in order of arrival
   * @returns the cells in it
   * @throws RangeError where the data are not I420 of the given size
   */
  read(picture: I420Picture): readonly FoundCell[] {
    this.#sinceSearch += 1;
    if (this.#known.length > 0 && this.#sinceSearch < this.#searchEveryPictures) {
      const again = rereadCells(picture, this.#known);
      if (again.every((cell, n) => cell?.bot === this.#known[n]!.bot)) {
        this.#known = again.filter((cell) => cell !== undefined);
        return this.#known;
      }
    }
    this.#sinceSearch = 0;
    this.#known = findCells(picture);
    return this.#known;
  }
}
