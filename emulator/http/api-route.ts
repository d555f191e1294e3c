import type { HttpError } from './errors.ts';
import type { HttpCall, Reply } from './http-call.ts';
import type { GuardOfMethods, Methods } from './methods.ts';
import type { Services } from './services.ts';

/** What the routes of the API and those below a stream ask of the emulator; with or without media behind them. */
export type ApiServices = Omit<Services, 'offerPlay' | 'onRoomEvent' | 'preview' | 'openMeter' | 'isClosing'>;

/**
 * Answers a call.
 *
 * @param name what the star of the route stands for, decoded: a name, which may hold slashes; else empty
 * @throws HttpError
 */
export type ApiHandler = (call: HttpCall, name: string) => Reply | Promise<Reply>;

/** A resource of the API. */
export interface ApiRoute {
  /** `/flussonic/api/streams`; or with a star for all names below it: `/flussonic/api/stream_health/*`. */
  readonly path: string;
  readonly methods: Methods<ApiHandler>;
  readonly guard?: GuardOfMethods;
  /** How its errors are told; default: as everywhere. */
  readonly refusal?: Refusal;
}

/** How an API tells an error. */
export type Refusal = (error: HttpError) => Reply;
