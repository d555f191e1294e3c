import { type HttpHandler, http } from 'msw';
import { defaultConfig, parseConfig, type ServerConfig } from '../config/index.ts';
import { defaultProfile, type Profile } from '../profile.ts';
import type { RoomRegistry } from '../rooms/registry.ts';
import type { Room } from '../rooms/types.ts';
import { type AnswerOffer, MockedServices } from './mocked-services.ts';
import { readOrigins } from './origins.ts';
import { Router } from './router.ts';
import { toResponse } from './to-response.ts';

export { ConfigError } from '../config/index.ts';
export { defaultProfile, type Profile } from '../profile.ts';
export { ProfileError, parseProfile } from '../profile-file.ts';
export type { RoomRegistry } from '../rooms/registry.ts';
export { RoomError } from '../rooms/room-error.ts';
export type { Member, Room } from '../rooms/types.ts';
export type { AnswerOffer, MockedOffer } from './mocked-services.ts';

export interface MosaicHandlersOptions {
  /**
   * Where the application looks for its media server: `http://media.example.com:8080`. Several, where it publishes over
   * TLS and plays without. Requests to other origins are left alone.
   */
  readonly origin: string | readonly string[];
  /**
   * Text of a `flussonic.conf`; what it says of listeners means nothing here. Default: commands want `user:pass`, reading
   * is open, anything may be published, and there is no room yet.
   */
  readonly config?: string | undefined;
  /** Default {@link defaultProfile}. */
  readonly profile?: Profile | undefined;
  /** Makes up the answer to offers. Default: publishing and playing are refused with 501, for there are no media. */
  readonly answerOffer?: AnswerOffer | undefined;
}

/** A media server that answers out of the test that uses it. */
export interface MosaicHandlers {
  /** For `setupServer` of `msw/node` and `setupWorker` of `msw/browser`. */
  readonly handlers: readonly HttpHandler[];
  /** The configuration in force, with its warnings. */
  readonly config: ServerConfig;
  /** The rooms as they are now, in order of creation: a picture of this moment. */
  rooms(): readonly Room[];
  /** The rooms themselves, to set a scene with (`registry.addMember('lobby', 'alice')`); new ones after a `reset`. */
  readonly registry: RoomRegistry;
  /** Back to the state that the configuration describes: between tests. */
  reset(): void;
}

/**
 * Makes MSW request handlers that answer as the emulator does, with its own rooms, commands, profile and errors, and
 * without media. They run in Node and in browsers.
 *
 * @throws TypeError for an origin that is none
 * @throws ConfigError where the configuration cannot be used
 */
export function mosaicHandlers(options: MosaicHandlersOptions): MosaicHandlers {
  const origins = readOrigins(options.origin);
  const config = readConfig(options.config);
  const { profile = defaultProfile, answerOffer } = options;

  const start = () => {
    const services = new MockedServices({ config, profile, answerOffer });
    return { services, router: new Router(services, config) };
  };
  let running = start();

  const find = (request: Request) => {
    const url = new URL(request.url);
    return origins.has(url.origin) ? running.router.find(url) : undefined;
  };
  const handler = http.all(
    // What is not the media server's stays unhandled, and is told of by MSW if it is asked to.
    ({ request }) => find(request) !== undefined,
    async ({ request }) => {
      const reply = await find(request)?.(request);
      return reply && toResponse(reply, request.method, profile);
    },
  );

  return {
    handlers: [handler],
    config,
    rooms: () => running.services.registry.rooms(),
    get registry() {
      return running.services.registry;
    },
    reset: () => {
      running = start();
    },
  };
}

function readConfig(text: string | undefined): ServerConfig {
  return text === undefined ? defaultConfig() : parseConfig(text, 'config');
}
