import { optionsReply } from './cors.ts';
import type { HeaderReader, HttpCall, Reply, ReplyHeaders } from './http-call.ts';
import { allowedMethods, type Methods, requireHandler } from './methods.ts';
import { parsePath, type StreamAction, type StreamPath } from './parse-path.ts';

/**
 * Answers a call below a stream.
 *
 * @throws HttpError
 */
export type StreamHandler = (path: StreamPath, call: HttpCall) => Reply | Promise<Reply>;

/** What can be done with one action of a stream. */
export interface StreamRoute {
  readonly methods: Methods<StreamHandler>;
  /** More headers for the answer to OPTIONS: `accept-post`, `accept-patch`, `link`. */
  readonly optionsHeaders?: (header: HeaderReader) => ReplyHeaders;
  /** False: pages of other origins may not call it; default true. */
  readonly cors?: boolean;
}

/** The actions that are served; each family of routes gives its own. */
export type StreamRoutes = Readonly<Partial<Record<StreamAction, StreamRoute>>>;

/** What a request wants of which stream, and who answers it. */
export interface StreamCall {
  readonly path: StreamPath;
  readonly route: StreamRoute;
}

/**
 * Says who answers a request below a stream. Names of streams may hold slashes, so `parsePath` says what a path means.
 *
 * @param target path and query, as in the request line
 * @returns `undefined` where nothing is at the path, or it cannot be read
 */
export function findStreamCall(routes: StreamRoutes, target: string): StreamCall | undefined {
  const path = parsePath(target);
  if (path?.action === undefined || path.stream === '') return undefined;
  const route = routes[path.action];
  return route && { path, route };
}

/**
 * What is settled before a body is asked for: OPTIONS is answered, and other methods than the route's are refused.
 *
 * @returns `undefined` where the call is to go on
 * @throws HttpError `wrong-method`
 */
export function beforeBody({ route }: StreamCall, method: string, header: HeaderReader): Reply | undefined {
  if (method === 'OPTIONS' && route.cors !== false) {
    return optionsReply(allowedMethods(route.methods), route.optionsHeaders?.(header));
  }
  requireHandler(route.methods, method);
  return undefined;
}
