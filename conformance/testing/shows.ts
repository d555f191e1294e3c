import { nowMs } from '../bots/clock.ts';
import type { BotListener } from './bot-listener.ts';
import { gridText, placeText, type SeenBot, seenGrid } from './seen-grid.ts';
import { listed, TestingError } from './testing-error.ts';
import { defaultTimeoutMs, seconds, type Verdict, type Waiting } from './verdict.ts';
import { watchUntil } from './watch.ts';

/** For so long a picture has to be without somebody who is not to be seen. */
const notShownMs = 500;

/**
 * Waits until a bot’s picture is in the room’s, upright and moving, in pictures that have come since the call.
 * @throws TestingError where no bot of that name has a camera, or the listener gets no picture
 */
export async function shows(
  listener: BotListener,
  name: string,
  { timeoutMs = defaultTimeoutMs }: Waiting = {},
): Promise<Verdict> {
  const { read, expected } = looking(listener, name, 'to show');
  let firstFrame: number | undefined;
  let firstMs = 0;
  const isMoving = ({ frame }: SeenBot) => {
    if (firstFrame === undefined) firstMs = nowMs();
    firstFrame ??= frame;
    return frame !== firstFrame;
  };
  const { right, newest, nothing } = await watchUntil(
    listener,
    (canvas) => read(canvas).some((bot) => bot.name === name && isMoving(bot) && bot.upright),
    { timeoutMs },
  );
  if (right !== undefined) return { pass: true, message: '' };
  if (newest === undefined) return { pass: false, message: `${expected}, but ${nothing}` };
  const seen = read(newest);
  const bot = seen.find((one) => one.name === name);
  if (bot === undefined) return { pass: false, message: `${expected}, but it shows ${gridText(seen)}` };
  const what = bot.upright ? ` stands still for ${seconds(nowMs() - firstMs)}` : ' is not as it was sent';
  const message = `${expected}, but ${bot.text} in ${placeText(bot)}${what}; it shows ${gridText(seen)}`;
  return { pass: false, message };
}

/**
 * Waits until the room’s picture is without a bot’s for a while in which pictures did come, all since the call.
 * @throws TestingError where no bot of that name has a camera, or the listener gets no picture
 */
export async function showsNot(
  listener: BotListener,
  name: string,
  { timeoutMs = defaultTimeoutMs }: Waiting = {},
): Promise<Verdict> {
  const { read, expected } = looking(listener, name, 'not to show');
  const { right, newest, nothing } = await watchUntil(
    listener,
    (canvas) => read(canvas).every((bot) => bot.name !== name),
    { steadyMs: notShownMs, timeoutMs },
  );
  if (right !== undefined) return { pass: true, message: '' };
  if (newest === undefined) return { pass: false, message: `${expected}, but ${nothing}` };
  const seen = read(newest);
  const bot = seen.find((one) => one.name === name);
  const but =
    bot === undefined
      ? `it was there until less than ${notShownMs} ms ago`
      : `${bot.text} is in ${placeText(bot)}; it shows ${gridText(seen)}`;
  return { pass: false, message: `${expected}, but ${but}` };
}

function looking(listener: BotListener, name: string, what: string) {
  const { pictures } = listener.bots;
  if (!pictures.has(name)) {
    throw new TestingError(
      `no bot ${JSON.stringify(name)} has a camera: that have ${listed(pictures.names)}; publish with { picture: true }`,
    );
  }
  return {
    expected: `expected the picture of ${listener.room} ${what} ${name}`,
    read: (canvas: Parameters<typeof seenGrid>[0]) => seenGrid(canvas, (bot) => pictures.nameOf(bot)),
  };
}
