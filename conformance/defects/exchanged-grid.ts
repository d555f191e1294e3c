import type { gridOfEverybody } from '../../emulator/index.ts';

type Grid = (typeof gridOfEverybody)['grid'];

/** ceil(sqrt n) rows and the columns that fit, where it should be the other way round; filled row by row all the same. */
export const exchangedGrid: Grid = (count, { canvasWidth, canvasHeight, centreLastRow }) => {
  const rows = Math.ceil(Math.sqrt(count));
  const columns = Math.ceil(count / rows);
  const [width, height] = [even(canvasWidth / columns), even(canvasHeight / rows)];
  return Array.from({ length: count }, (_, member) => {
    const row = Math.floor(member / columns);
    const missing = Math.max(0, (row + 1) * columns - count);
    const column = (member % columns) + (centreLastRow ? missing / 2 : 0);
    return { x: even(column * width), y: row * height, width, height };
  });
};

/** Cells have whole chroma samples. */
function even(length: number): number {
  return 2 * Math.floor(length / 2);
}
