import type { PlaySession, PublishSession } from '../webrtc/types.ts';
import type { ApiServices } from './api-route.ts';
import { HttpError } from './errors.ts';
import type { Reply, ReplyHeaders } from './http-call.ts';
import { asksForLinks } from './ice-servers.ts';
import { type StreamPath, streamPath } from './parse-path.ts';
import type { StreamHandler, StreamRoute } from './stream-routes.ts';

type Session = PlaySession | PublishSession;
type Protocol = 'whip' | 'whep';

const sdp = 'application/sdp';
const sdpFragment = 'application/trickle-ice-sdpfrag';

/** What answers say an endpoint takes (RFC 9725 §4.2). */
const acceptsOffers = { 'accept-post': sdp } as const;

const nothing: Reply = { status: 204 };

/**
 * The endpoint of WHIP or WHEP: takes offers by POST. It has no representation, so GET finds it and gets nothing
 * (RFC 9725 §4.1).
 *
 * @param iceServerLinks for the `Link` header, see `writeIceServerLinks`
 */
export function endpoint(iceServerLinks: readonly string[], create: StreamHandler): StreamRoute {
  return {
    optionsHeaders: (header) => ({
      ...acceptsOffers,
      ...(asksForLinks(header) && linkHeader(iceServerLinks)),
    }),
    methods: { GET: () => nothing, POST: create },
  };
}

/**
 * @throws HttpError `unsupported-media-type` unless the body is an SDP offer by its content type
 */
export function requireOffer(mediaType: string): void {
  if (mediaType === sdp) return;
  throw new HttpError(
    'unsupported-media-type',
    `The body must be an SDP offer, content type ${sdp}.`,
    acceptsOffers,
  );
}

/**
 * Answers a POST with the new session (RFC 9725 §4.2): 201, the SDP answer, where the session lives. The path is
 * relative to the client's own URL, which may be another than the one we know of.
 */
export function createdReply(
  protocol: Protocol,
  stream: string,
  session: Session,
  iceServerLinks: readonly string[],
): Reply {
  return {
    status: 201,
    headers: {
      'content-type': sdp,
      'x-sid': session.id,
      location: streamPath(stream, `${protocol}-session`, session.id),
      etag: quotedETag(session.iceETag),
      'accept-patch': sdpFragment,
      ...linkHeader(iceServerLinks),
    },
    body: session.answer,
  };
}

function linkHeader(links: readonly string[]): ReplyHeaders {
  return links.length === 0 ? {} : { link: [...links] };
}

/**
 * The session that WHIP or WHEP made: DELETE ends it, whatever `If-Match` says, PATCH is for ICE, GET finds it
 * (RFC 9725 §4.1 to §4.3; the WHEP draft does the same).
 */
export function sessionResource(services: ApiServices, protocol: Protocol): StreamRoute {
  return {
    optionsHeaders: () => ({ 'accept-patch': sdpFragment }),
    methods: {
      GET: (path) => {
        findSession(services, protocol, path);
        return nothing;
      },
      DELETE: async (path) => {
        await findSession(services, protocol, path).close('closed-by-client');
        return { status: 200 };
      },
      PATCH: async (path, call) => {
        const session = findSession(services, protocol, path);
        requireFragment(call.bodyType);
        requireMatch(call.header('if-match'), session);
        const restarted = await session.patch(call.body);
        // The ETag stands for the ICE session: only a new one may be told of (RFC 9725 §4.3.2).
        if (restarted === undefined) return nothing;
        return {
          status: 200,
          headers: { 'content-type': sdpFragment, etag: quotedETag(session.iceETag) },
          body: restarted,
        };
      },
    },
  };
}

function findSession(services: ApiServices, protocol: Protocol, path: StreamPath): Session {
  const info = services.session(path.sessionId);
  const kind = protocol === 'whip' ? 'publish' : 'play';
  if (info !== undefined && info.stream === path.stream && info.session.kind === kind) return info.session;
  throw new HttpError('unknown-session', 'There is no such session, or it is over.');
}

function requireFragment(mediaType: string): void {
  if (mediaType === sdpFragment) return;
  throw new HttpError('unsupported-media-type', `The body must be of the content type ${sdpFragment}.`, {
    'accept-patch': sdpFragment,
  });
}

/** A PATCH must say which ICE session it is for; `*` stands for a restart of any (RFC 9725 §4.3). */
function requireMatch(ifMatch: string | undefined, session: Session): void {
  if (ifMatch === undefined) {
    throw new HttpError(
      'precondition-required',
      'The request needs an If-Match header with the ETag of the session.',
    );
  }
  const wanted = ifMatch.split(',').map((tag) => tag.trim());
  if (wanted.includes('*') || wanted.includes(quotedETag(session.iceETag))) return;
  throw new HttpError('precondition-failed', 'The ETag is not the one of the present ICE session.', {
    etag: quotedETag(session.iceETag),
  });
}

/** Strong, in quotes (RFC 9110 §8.8.3). */
function quotedETag(tag: string): string {
  return tag.startsWith('"') ? tag : `"${tag}"`;
}
