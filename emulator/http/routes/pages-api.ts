import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { quote } from '../../rooms/room-error.ts';
import type { Guard } from '../auth.ts';
import { HttpError } from '../errors.ts';
import { MemberLeases, type MemberLeasesOptions } from '../member-leases.ts';
import { pageState } from '../page-state.ts';
import { PageUpdates, type UpdateSink } from '../page-updates.ts';
import { sendJson } from '../send-reply.ts';
import { serveResource } from '../serve-api.ts';
import type { Services } from '../services.ts';

export interface PagesApiOptions {
  readonly mayView: Guard;
  readonly mayEdit: Guard;
  readonly needsEditAuth: boolean;
  readonly leases?: MemberLeasesOptions | undefined;
}

/** Open pages at the same time. */
const maxWatchers = 64;
/** Who has not taken so much of what was sent gets nothing more until it has. */
const maxUnsentBytes = 64 * 1024;
const maxKeyLength = 64;
const eventStream = 'text/event-stream';

/**
 * What the emulator's own pages ask of it, beside the documented API and no part of it: the state of
 * everything (`GET /ui/api/state`), the same and the levels as server-sent events (`GET /ui/api/events`), and
 * these for one room, while a page holds a member in it (`GET /ui/api/hold?room=…&stream=…&key=…`).
 */
export function pagesApi(app: FastifyInstance, services: Services, options: PagesApiOptions): void {
  const { mayView, mayEdit, needsEditAuth } = options;
  const updates = new PageUpdates(services, {
    needsEditAuth,
    onError: (error) => app.log.error({ err: error }, 'updates of the pages'),
  });
  const leases = new MemberLeases(services, options.leases);
  app.addHook('onClose', async () => {
    updates.close();
    leases.close();
  });

  const get = (
    url: string,
    guard: Guard,
    handler: (request: FastifyRequest, reply: FastifyReply) => unknown,
  ) =>
    serveResource(
      app,
      url,
      {
        GET: (request, reply) => {
          requireOwnPage(request);
          reply.header('cache-control', 'no-store');
          return handler(request, reply);
        },
      },
      guard,
    );

  get('/ui/api/state', mayView, (_, reply) => sendJson(reply, 200, pageState(services, { needsEditAuth })));

  get('/ui/api/events', mayView, (request, reply) => {
    if (request.method === 'HEAD') return reply.type(eventStream).send();
    requirePlace(updates);
    return openEvents(request, reply, (sink) => updates.watch(sink, textOf(request, 'room')));
  });

  get('/ui/api/hold', mayEdit, (request, reply) => {
    if (request.method === 'HEAD') return reply.type(eventStream).send();
    requirePlace(updates);
    const [room, stream, key] = ['room', 'stream', 'key'].map((name) => textOf(request, name) ?? '');
    if (key === '' || key!.length > maxKeyLength)
      throw new HttpError('bad-value', `key must be a text of 1 to ${maxKeyLength} characters.`);
    const release = leases.hold(room!, stream!, key!);
    if (release === 'unknown')
      throw new HttpError('unknown-stream', `${quote(stream!)} is not in room ${quote(room!)}.`);
    if (release === 'taken')
      throw new HttpError('forbidden', `Another page is ${quote(stream!)} in room ${quote(room!)}.`);
    return openEvents(request, reply, (sink) => {
      const stop = updates.watch(sink, room);
      return () => {
        stop();
        release();
      };
    });
  });
}

/** Browsers send the user's password along for pages of others, too. */
function requireOwnPage({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new HttpError('forbidden', 'Only the emulator’s own pages may ask this.');
}

function requirePlace(updates: PageUpdates): void {
  if (updates.watcherCount < maxWatchers) return;
  throw new HttpError('unavailable', `${maxWatchers} pages are open already: close one of them.`);
}

/** A parameter of the query; the first one, where it stands there more than once. */
function textOf({ query }: FastifyRequest, name: string): string | undefined {
  const value = (query as Readonly<Record<string, string | string[] | undefined>>)[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Answers with server-sent events (HTML standard, section 9.2). */
function openEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  watch: (sink: UpdateSink) => () => void,
): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': eventStream,
  });
  raw.write('retry: 1000\n\n');
  const stop = watch({
    get isReady() {
      return raw.writableLength < maxUnsentBytes;
    },
    // JSON has no line breaks of its own.
    send: (event, json) => void raw.write(`event: ${event}\ndata: ${json}\n\n`),
    end: () => raw.destroy(),
  });
  // Nothing more can be told to who has gone.
  raw.on('error', () => {});
  raw.once('close', stop);
  if (request.raw.socket.destroyed) stop();
  return reply;
}
