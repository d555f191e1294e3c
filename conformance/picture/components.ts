import type { I420Picture, Rectangle } from './i420.ts';

/** Luma from which a pixel counts as white: above every bot's colour, below white that scaling has blurred. */
export const whiteLuma = 150;

/**
 * Boxes around all connected white areas (neighbours to all eight sides). One pass over the rows: every run of
 * white is joined to the runs it touches in the row above.
 *
 * @param smallestPx boxes narrower or lower than this are left out
 */
export function whiteAreas(picture: I420Picture, smallestPx: number): readonly Rectangle[] {
  const { width, height, data } = picture;
  const areas = new AreaSet();
  let above: number[] = [];
  let current: number[] = [];
  for (let row = 0; row < height; row++) {
    current.length = 0;
    const end = (row + 1) * width;
    let candidate = 0;
    for (let at = row * width; at < end; at++) {
      if (data[at]! < whiteLuma) continue;
      const from = at - row * width;
      while (at < end && data[at]! >= whiteLuma) at++;
      const to = at - row * width;
      const area = areas.add(from, to, row);
      current.push(from, to, area);
      while (candidate < above.length && above[candidate + 1]! < from) candidate += 3;
      for (let k = candidate; k < above.length && above[k]! <= to; k += 3) areas.join(area, above[k + 2]!);
    }
    [above, current] = [current, above];
  }
  return areas.boxes().filter((box) => box.width >= smallestPx && box.height >= smallestPx);
}

/** Disjoint sets with the box around each. */
class AreaSet {
  readonly #parent: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #top: number[] = [];
  readonly #bottom: number[] = [];

  add(left: number, right: number, row: number): number {
    const area = this.#parent.length;
    this.#parent.push(area);
    this.#left.push(left);
    this.#right.push(right);
    this.#top.push(row);
    this.#bottom.push(row + 1);
    return area;
  }

  join(one: number, other: number): void {
    const a = this.#root(one);
    const b = this.#root(other);
    if (a === b) return;
    const [first, second] = a < b ? [a, b] : [b, a];
    this.#parent[second] = first;
    this.#left[first] = Math.min(this.#left[first]!, this.#left[second]!);
    this.#right[first] = Math.max(this.#right[first]!, this.#right[second]!);
    this.#top[first] = Math.min(this.#top[first]!, this.#top[second]!);
    this.#bottom[first] = Math.max(this.#bottom[first]!, this.#bottom[second]!);
  }

  boxes(): readonly Rectangle[] {
    const boxes = [];
    for (const [area, parent] of this.#parent.entries()) {
      if (area !== parent) continue;
      const x = this.#left[area]!;
      const y = this.#top[area]!;
      boxes.push({ x, y, width: this.#right[area]! - x, height: this.#bottom[area]! - y });
    }
    return boxes;
  }

  #root(area: number): number {
    let root = area;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    // Later searches take the short way.
    let at = area;
    while (this.#parent[at] !== root) {
      const next = this.#parent[at]!;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }
}
