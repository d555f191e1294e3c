import type { SeenFrame } from '../../picture/frame-times.ts';
import type { Viewed } from './messages.ts';

/** Which of its pictures one bot was seen with, by canvas. */
export function framesOf({ canvases }: Pick<Viewed, 'canvases'>, bot: number): SeenFrame[] {
  return canvases.flatMap(({ arrivalMs, cells }) =>
    cells.filter((cell) => cell.bot === bot).map(({ frame }) => ({ frame, arrivalMs })),
  );
}
