import { parseTracks } from '../../rooms/track-selection.ts';
import type { TrackSelection } from '../../rooms/types.ts';
import type { ApiServices } from '../api-route.ts';
import { HttpError } from '../errors.ts';
import { jsonReply } from '../replies.ts';
import type { StreamRoutes } from '../stream-routes.ts';

/**
 * What players tell about their running session: another choice of tracks
 * (`PUT /STREAM/sessions/SID/request_tracks` with `{"tracks":["v1","a3"]}`, `[]` for the default), and
 * statistics (`PUT /STREAM/sessions/SID`), which nobody reads here.
 *
 * A client that could not read `X-Sid` leaves SID empty. Then nothing can be changed, but the call succeeds:
 * the client has no use for an error.
 */
export function sessionRoutes(services: ApiServices): StreamRoutes {
  return {
    request_tracks: {
      methods: {
        PUT: ({ stream, sessionId }, { body }) => {
          const wanted = readTracks(body, services.profile.answers.audioTrackPrefix);
          if (sessionId === '') return jsonReply(200, { tracks: [] });
          const tracks = services.selectTracks(stream, sessionId, wanted);
          if (tracks !== undefined) return jsonReply(200, { tracks });
          throw new HttpError('unknown-session', 'There is no such session, or it is over.');
        },
      },
    },
    sessions: {
      methods: { PUT: () => ({ status: 204 }) },
    },
  };
}

function readTracks(body: string, audioPrefix: string): TrackSelection {
  const value = parseJson(body);
  const isWish = typeof value === 'object' && value !== null && 'tracks' in value;
  if (isWish) return parseTracks(value.tracks, audioPrefix);
  throw new HttpError('bad-value', 'The body must be like {"tracks":["v1","a3"]}.');
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new HttpError('malformed-json', 'The body is not JSON.');
  }
}
