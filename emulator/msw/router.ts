import type { ApiRoute, ApiServices } from '../http/api-route.ts';
import { corsHeaders } from '../http/cors.ts';
import { toHttpError } from '../http/errors.ts';
import { createGuards, type GuardPairs } from '../http/guards.ts';
import type { Reply } from '../http/http-call.ts';
import { malformedTarget, requireShortTarget } from '../http/limits.ts';
import { requireAdmission, requireHandler } from '../http/methods.ts';
import { errorReply } from '../http/replies.ts';
import { dynamicMosaicRoutes } from '../http/routes/dynamic-mosaic.ts';
import { infoApi } from '../http/routes/info.ts';
import { infoV3Api } from '../http/routes/info-v3.ts';
import { mediaInfoApi, mediaInfoRoutes } from '../http/routes/media-info.ts';
import { sessionRoutes } from '../http/routes/sessions.ts';
import { webrtcRoutes } from '../http/routes/webrtc.ts';
import { whepRoutes } from '../http/routes/whep.ts';
import { whipRoutes } from '../http/routes/whip.ts';
import { beforeBody, findStreamCall, type StreamCall, type StreamRoutes } from '../http/stream-routes.ts';
import { readCall } from './read-call.ts';

/** Answers a request that is for the media server. */
export type Responder = (request: Request) => Promise<Reply>;

/** The routes of the emulator's API, for requests as the Fetch standard has them. */
export class Router {
  readonly #services: ApiServices;
  readonly #api: readonly ApiRoute[];
  readonly #streams: StreamRoutes;

  constructor(services: ApiServices, pairs: GuardPairs) {
    this.#services = services;
    const guards = createGuards(pairs, services.profile, (one, other) => one === other);
    this.#api = [
      ...dynamicMosaicRoutes(services, guards.mayEdit),
      ...mediaInfoApi(services),
      ...infoApi(services, guards.mayView),
      ...infoV3Api(services, guards.mayViewV3, guards.mayEditV3),
    ];
    this.#streams = {
      ...whipRoutes(services, []),
      ...whepRoutes(services, []),
      ...mediaInfoRoutes(services),
      ...sessionRoutes(services),
      ...webrtcRoutes(),
    };
  }

  /**
   * Finds who answers a request.
   *
   * @returns `undefined` where nothing of the API is at the path
   */
  find({ pathname, search }: URL): Responder | undefined {
    const target = pathname + search;
    const route = this.#api.find(({ path }) => starAt(path, pathname) !== undefined);
    if (route !== undefined) return (request) => this.#answerApi(route, target, request);
    const call = findStreamCall(this.#streams, target);
    return call && ((request) => this.#answerStream(call, target, request));
  }

  async #answerApi(route: ApiRoute, target: string, request: Request): Promise<Reply> {
    const { methods, guard, refusal } = route;
    return this.#answer(refusal, async () => {
      requireShortTarget(target);
      requireAdmission(methods, guard, request.method, request.headers.get('authorization') ?? undefined);
      const call = await readCall(request);
      const name = decode(starAt(route.path, new URL(request.url).pathname) ?? '');
      return requireHandler(methods, request.method)(call, name);
    });
  }

  async #answerStream(call: StreamCall, target: string, request: Request): Promise<Reply> {
    const { path, route } = call;
    const reply = await this.#answer(undefined, async () => {
      requireShortTarget(target);
      const header = (name: string) => request.headers.get(name) ?? undefined;
      const early = beforeBody(call, request.method, header);
      return early ?? requireHandler(route.methods, request.method)(path, await readCall(request));
    });
    return route.cors === false ? reply : { ...reply, headers: { ...corsHeaders, ...reply.headers } };
  }

  async #answer(refusal: ApiRoute['refusal'], run: () => Promise<Reply>): Promise<Reply> {
    try {
      return await run();
    } catch (error) {
      const known = toHttpError(error);
      // A fault of ours, or of a test's own answerOffer: MSW shows it to whoever runs the test.
      if (known === undefined) throw error;
      return refusal?.(known) ?? errorReply(this.#services.profile, known);
    }
  }
}

/** What the star of a route stands for in a path: empty for routes without one; `undefined` where it is another path. */
function starAt(route: string, pathname: string): string | undefined {
  if (!route.endsWith('*')) return route === pathname ? '' : undefined;
  const before = route.slice(0, -1);
  return pathname.startsWith(before) ? pathname.slice(before.length) : undefined;
}

/**
 * @throws HttpError `bad-request`
 */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformedTarget();
  }
}
