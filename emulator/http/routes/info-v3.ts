import type { FastifyInstance, FastifyReply } from 'fastify';
import { StreamSettingsError, streamFromJson } from '../../config/index.ts';
import { RoomError } from '../../rooms/room-error.ts';
import { apiRoute, restOfPath } from '../api-route.ts';
import type { Guard } from '../auth.ts';
import { errorStatus, HttpError, sendJson, toHttpError } from '../errors.ts';
import { requireStream } from '../find-stream.ts';
import { sessionV3Json, streamV3Json } from '../info-json.ts';
import { bodyText } from '../request-context.ts';
import type { Services } from '../services.ts';

const base = '/streamer/api/v3';

/** The `error` member by HTTP status; v3 has words of its own. */
const errorWords: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'authorization_failed',
  403: 'authorization_failed',
  404: 'not_found',
  405: 'unknown_operation',
};

/**
 * The v3 API of streams and sessions, with its own errors: `{"error":"not_found"}`. Of changes it knows those of a
 * stream: PUT makes or replaces one, DELETE removes it. Liveness and readiness are open, since who watches a server
 * has no password.
 * @param guard asks who only reads
 * @param editGuard asks who changes something
 */
export async function infoV3Api(
  app: FastifyInstance,
  services: Services,
  guard: Guard,
  editGuard: Guard,
): Promise<void> {
  app.setErrorHandler((error, request, reply) => {
    const known = toHttpError(error) ?? refusalOf(error);
    if (known !== undefined) return sendV3Error(reply, known, services);
    request.log.error({ err: error }, 'a v3 call failed');
    return sendJson(reply, 500, { error: 'internal_error' });
  });

  const streams = () => services.streams().map(streamV3Json);
  const sessions = () => services.sessions().map(sessionV3Json);
  apiRoute(app, `${base}/streams`, { GET: (_, reply) => sendList(reply, 'streams', streams()) }, guard);
  apiRoute(app, `${base}/sessions`, { GET: (_, reply) => sendList(reply, 'sessions', sessions()) }, guard);
  apiRoute(
    app,
    `${base}/streams/*`,
    {
      GET: (request, reply) =>
        sendJson(reply, 200, streamV3Json(requireStream(services, restOfPath(request)))),
      PUT: (request, reply) => {
        const stream = streamFromJson(restOfPath(request), parseJson(bodyText(request)));
        return sendJson(reply, 200, streamV3Json(services.configureStream(stream)));
      },
      DELETE: (request, reply) => {
        const name = restOfPath(request);
        if (!services.removeStream(name)) requireStream(services, name);
        return reply.code(204).send();
      },
    },
    { GET: guard, PUT: editGuard, DELETE: editGuard },
  );
  for (const probe of ['liveness', 'readiness']) {
    apiRoute(app, `${base}/monitoring/${probe}`, {
      GET: (_, reply) => sendJson(reply, 200, monitoringJson(services)),
    });
  }
  app.all(`${base}/*`, () => {
    throw new HttpError('unknown-path', 'There is nothing at this path.');
  });
}

/** What is wrong with a stream that somebody wants to configure. */
function refusalOf(error: unknown): HttpError | undefined {
  if (error instanceof StreamSettingsError) return new HttpError('bad-value', error.message);
  return error instanceof RoomError ? new HttpError(error.kind, error.message) : undefined;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new HttpError('malformed-json', 'The body is no JSON.');
  }
}

function sendList(reply: FastifyReply, name: string, items: readonly unknown[]): FastifyReply {
  return sendJson(reply, 200, { [name]: items, estimated_count: items.length });
}

function sendV3Error(reply: FastifyReply, error: HttpError, { profile }: Services): FastifyReply {
  // v3 refuses with 403 and without a challenge where the older API says 401.
  if (error.kind === 'unauthorized') return sendJson(reply, 403, { error: errorWords[403] });
  const status = errorStatus(profile, error.kind);
  return sendJson(reply.headers(error.headers), status, { error: errorWords[status] ?? 'bad_request' });
}

function monitoringJson(services: Services) {
  return {
    server_version: services.profile.server.version,
    now: Date.now(),
    started_at: Math.floor(services.startedAtMs / 1000),
  };
}
