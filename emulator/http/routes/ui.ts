import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Guard } from '../auth.ts';
import { HttpError } from '../errors.ts';
import { pageHeaders, pageReply } from '../page-reply.ts';
import { sendReply } from '../send-reply.ts';
import { serveResource } from '../serve-api.ts';

/**
 * The emulator's own pages: the dashboard for whoever may look, the chat for whoever may change things, and
 * what they load, which holds no secrets and is open. All are read when they are first asked for.
 */
export function uiPages(app: FastifyInstance, mayView: Guard, mayEdit: Guard): void {
  for (const url of ['/', '/ui']) {
    serveResource(app, url, { GET: (_request, reply) => reply.redirect('/ui/', 302) });
  }
  serveResource(
    app,
    '/ui/',
    { GET: async (_request, reply) => sendReply(reply, await pageReply('dashboard')) },
    mayView,
  );
  serveResource(app, '/ui/chat', { GET: async (request, reply) => sendChat(request, reply, mayEdit) });
  serveResource(app, '/ui/assets/*', {
    GET: async (request, reply) =>
      sendAsset(reply, (request.params as { '*': string })['*'], request.headers['if-none-match']),
  });
}

/**
 * The pair that the browser is asked for here is what it sends with the commands afterwards. Who has only
 * the pair of `view_auth`, and gives up at the question, is told what is missing.
 */
async function sendChat({ headers }: FastifyRequest, reply: FastifyReply, mayEdit: Guard) {
  try {
    mayEdit(headers.authorization);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    reply.headers(error.headers);
    return sendReply(reply, await pageReply('refused', 401));
  }
  return sendReply(reply, await pageReply('chat'));
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
