import { StreamSettingsError, streamFromJson } from '../../config/index.ts';
import type { Profile } from '../../profile.ts';
import { RoomError } from '../../rooms/room-error.ts';
import type { ApiRoute, ApiServices, Refusal } from '../api-route.ts';
import type { Guard } from '../auth.ts';
import { errorStatus, HttpError } from '../errors.ts';
import { requireStream } from '../find-stream.ts';
import type { Reply } from '../http-call.ts';
import { sessionV3Json, streamV3Json } from '../info-json.ts';
import { jsonReply } from '../replies.ts';

/** All of the v3 API is below it. */
export const v3Path = '/streamer/api/v3';

/** The `error` member by HTTP status; v3 has words of its own. */
const errorWords: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'authorization_failed',
  403: 'authorization_failed',
  404: 'not_found',
  405: 'unknown_operation',
  500: 'internal_error',
};

/**
 * The v3 API of streams and sessions. Of changes it knows those of a stream: PUT makes or replaces one, DELETE removes
 * it. Liveness and readiness are open, since who watches a server has no password.
 * @param guard asks who only reads
 * @param editGuard asks who changes something
 */
export function infoV3Api(services: ApiServices, guard: Guard, editGuard: Guard): readonly ApiRoute[] {
  const refusal = v3Refusal(services.profile);
  const list = (name: string, items: () => readonly unknown[]): ApiRoute => ({
    path: `${v3Path}/${name}`,
    methods: { GET: () => listReply(name, items()) },
    guard,
    refusal,
  });
  const probe = (name: string): ApiRoute => ({
    path: `${v3Path}/monitoring/${name}`,
    methods: { GET: () => jsonReply(200, monitoringJson(services)) },
    refusal,
  });
  const stream: ApiRoute = {
    path: `${v3Path}/streams/*`,
    methods: {
      GET: (_call, name) => jsonReply(200, streamV3Json(requireStream(services, name))),
      PUT: ({ body }, name) => jsonReply(200, streamV3Json(configureStream(services, name, body))),
      DELETE: (_call, name) => {
        if (!services.removeStream(name)) requireStream(services, name);
        return { status: 204 };
      },
    },
    guard: { GET: guard, PUT: editGuard, DELETE: editGuard },
    refusal,
  };
  return [
    list('streams', () => services.streams().map(streamV3Json)),
    list('sessions', () => services.sessions().map(sessionV3Json)),
    stream,
    probe('liveness'),
    probe('readiness'),
  ];
}

/** How v3 tells errors: `{"error":"not_found"}`, and no more. */
export function v3Refusal(profile: Profile): Refusal {
  return ({ kind, headers }) => {
    // v3 refuses with 403 and without a challenge where the older API says 401.
    if (kind === 'unauthorized') return jsonReply(403, { error: errorWords[403] });
    const status = errorStatus(profile, kind);
    return jsonReply(status, { error: errorWords[status] ?? 'bad_request' }, headers);
  };
}

function configureStream(services: ApiServices, name: string, body: string) {
  try {
    return services.configureStream(streamFromJson(name, parseJson(body)));
  } catch (error) {
    if (error instanceof StreamSettingsError) throw new HttpError('bad-value', error.message);
    if (error instanceof RoomError) throw new HttpError(error.kind, error.message);
    throw error;
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new HttpError('malformed-json', 'The body is no JSON.');
  }
}

function listReply(name: string, items: readonly unknown[]): Reply {
  return jsonReply(200, { [name]: items, estimated_count: items.length });
}

function monitoringJson(services: ApiServices) {
  return {
    server_version: services.profile.server.version,
    now: Date.now(),
    started_at: Math.floor(services.startedAtMs / 1000),
  };
}
