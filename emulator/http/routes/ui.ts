import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { apiRoute, restOfPath } from '../api-route.ts';
import type { Guard } from '../auth.ts';
import { HttpError } from '../errors.ts';
import { pageHeaders, sendPage } from '../send-page.ts';

/**
 * The emulator's own pages: the dashboard for whoever may look, the chat for whoever may change things, and
 * what they load, which holds no secrets and is open. All are read when they are first asked for.
 */
export function uiPages(app: FastifyInstance, mayView: Guard, mayEdit: Guard): void {
  for (const url of ['/', '/ui']) {
    apiRoute(app, url, { GET: (_request, reply) => reply.redirect('/ui/', 302) });
  }
  apiRoute(app, '/ui/', { GET: async (_request, reply) => sendPage(reply, 'dashboard') }, mayView);
  apiRoute(app, '/ui/chat', { GET: async (request, reply) => sendChat(request, reply, mayEdit) });
  apiRoute(app, '/ui/assets/*', {
    GET: async (request, reply) => sendAsset(reply, restOfPath(request), request.headers['if-none-match']),
  });
}

/**
 * The pair that the browser is asked for here is what it sends with the commands afterwards. Who has only
 * the pair of `view_auth`, and gives up at the question, is told what is missing.
 */
function sendChat({ headers }: FastifyRequest, reply: FastifyReply, mayEdit: Guard) {
  try {
    mayEdit(headers.authorization);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    reply.headers(error.headers);
    return sendPage(reply, 'refused', 401);
  }
  return sendPage(reply, 'chat');
}

async function sendAsset(reply: FastifyReply, path: string, known: string | undefined) {
  const { readAsset } = await import('../../pages/assets.ts');
  const asset = await readAsset(path);
  if (asset === undefined) throw new HttpError('unknown-path', 'There is nothing at this path.');
  reply.headers({
    ...pageHeaders,
    'cache-control': 'no-cache',
    etag: asset.etag,
    'content-type': asset.type,
  });
  if (known === asset.etag) return reply.code(304).send();
  return reply.send(Buffer.from(asset.body));
}
