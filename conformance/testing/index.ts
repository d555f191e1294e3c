import { urlTarget } from '../targets/url.ts';
import { Bots } from './bots.ts';

export { BotListener } from './bot-listener.ts';
export type { BotPublisher } from './bot-publisher.ts';
export type { BotSound } from './bot-sounds.ts';
export { type AddRoomOptions, Bots, type ListenOptions, type PublishOptions } from './bots.ts';
export type { ExpectedGrid } from './expected-cells.ts';
export { type HearOptions, hears, hearsNot, type NotHearOptions } from './hears.ts';
export { mosaicMatchers } from './matchers.ts';
export { matchesGrid } from './matches-grid.ts';
export { shows, showsNot } from './shows.ts';
export { startEmulator, type TestEmulator } from './start-emulator.ts';
export { TestingError } from './testing-error.ts';
export type { Verdict, Waiting } from './verdict.ts';

/**
 * Bots for a server that runs already, such as an emulator in a container.
 * @param url `http://user:pass@host[:port]`, with the pair of `edit_auth`
 * @param options `insecure`: take any certificate
 * @throws TargetError where it is no such URL
 */
export function botsAt(url: string, { insecure = false }: { readonly insecure?: boolean } = {}): Bots {
  return new Bots(urlTarget(url, { insecure }));
}
