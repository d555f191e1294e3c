import type { BotListener } from './bot-listener.ts';
import { type ExpectedGrid, firstWrongCell, namesIn, requireGrid, type WrongCell } from './expected-cells.ts';
import { gridText, placeText, seenGrid } from './seen-grid.ts';
import { listed, TestingError } from './testing-error.ts';
import { defaultTimeoutMs, type Verdict, type Waiting } from './verdict.ts';
import { watchUntil } from './watch.ts';

/**
 * Waits until everybody is in the right cell of the room’s picture, in pictures that have come since the call.
 * @throws TestingError for what is no grid, names of bots without a camera, or a listener that gets no picture
 */
export async function matchesGrid(
  listener: BotListener,
  expected: ExpectedGrid,
  { timeoutMs = defaultTimeoutMs }: Waiting = {},
): Promise<Verdict> {
  requireGrid(expected);
  const { pictures } = listener.bots;
  const strangers = namesIn(expected).filter((name) => !pictures.has(name));
  if (strangers.length > 0) {
    throw new TestingError(`no bots ${listed(strangers)} have a camera: that have ${listed(pictures.names)}`);
  }
  const read = (canvas: Parameters<typeof seenGrid>[0]) => seenGrid(canvas, (bot) => pictures.nameOf(bot));
  const { right, newest, nothing } = await watchUntil(
    listener,
    (canvas) => firstWrongCell(expected, read(canvas)) === undefined,
    { timeoutMs },
  );
  if (right !== undefined) return { pass: true, message: '' };
  const sentence = `expected the picture of ${listener.room} to be ${JSON.stringify(expected)}`;
  if (newest === undefined) return { pass: false, message: `${sentence}, but ${nothing}` };
  const seen = read(newest);
  const wrong = firstWrongCell(expected, seen);
  const cell = wrong === undefined ? 'it was so only now' : wrongText(wrong);
  return { pass: false, message: `${sentence}, but ${cell}; it shows ${gridText(seen)}` };
}

function wrongText({ row, column, expected, actual }: WrongCell): string {
  const place = row === undefined ? `place ${column}` : placeText({ row, column });
  return `${place} has ${actual ?? 'nobody'} instead of ${expected ?? 'nobody'}`;
}
