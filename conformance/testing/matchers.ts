import { BotListener } from './bot-listener.ts';
import type { ExpectedGrid } from './expected-cells.ts';
import { type HearOptions, hears, hearsNot, type NotHearOptions } from './hears.ts';
import { matchesGrid } from './matches-grid.ts';
import { shows, showsNot } from './shows.ts';
import { TestingError } from './testing-error.ts';
import type { Verdict, Waiting } from './verdict.ts';

/** What `expect.extend` gives matchers, of Vitest and of Jest. */
interface MatcherContext {
  readonly isNot?: boolean;
}

/** What matchers answer there. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Matchers for `expect.extend`, of Vitest and of Jest. Each waits until what is expected is so, for five seconds at
 * most, and looks at nothing that came before it was called; so they have to be awaited.
 */
export const mosaicMatchers = {
  /** A bot is heard as loud as it sends; with `.not`, it is not heard while sound does come. */
  async toHear(
    this: MatcherContext,
    received: unknown,
    name: string,
    options?: HearOptions & NotHearOptions,
  ): Promise<MatcherResult> {
    const listener = requireListener('toHear', received);
    if (this.isNot) return inverted(await hearsNot(listener, name, options));
    return result(await hears(listener, name, options));
  },

  /** A bot’s picture is in the room’s, upright and moving; with `.not`, it is not while pictures do come. */
  async toShow(
    this: MatcherContext,
    received: unknown,
    name: string,
    options?: Waiting,
  ): Promise<MatcherResult> {
    const listener = requireListener('toShow', received);
    if (this.isNot) return inverted(await showsNot(listener, name, options));
    return result(await shows(listener, name, options));
  },

  /** Everybody is in the right cell of the room’s picture. */
  async toMatchGrid(
    this: MatcherContext,
    received: unknown,
    expected: ExpectedGrid,
    options?: Waiting,
  ): Promise<MatcherResult> {
    const listener = requireListener('toMatchGrid', received);
    if (this.isNot) throw new TestingError('toMatchGrid has no .not: say what the grid is');
    return result(await matchesGrid(listener, expected, options));
  },
};

function requireListener(matcher: string, received: unknown): BotListener {
  if (received instanceof BotListener) return received;
  const what = received instanceof Promise ? 'a promise: await listen()' : typeof received;
  throw new TestingError(`${matcher} is for what listen() gives, and not for ${what}`);
}

function result({ pass, message }: Verdict): MatcherResult {
  return { pass, message: () => message };
}

/** With `.not`, a matcher that passes is a failure. */
function inverted({ pass, message }: Verdict): MatcherResult {
  return { pass: !pass, message: () => message };
}
