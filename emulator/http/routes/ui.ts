import type { FastifyInstance } from 'fastify';
import { apiRoute } from '../api-route.ts';
import type { Guard } from '../auth.ts';
import { escapeHtml } from '../escape-html.ts';
import { encodeName } from '../parse-path.ts';
import type { Services, StreamInfo } from '../services.ts';

/** `/` leads to `/ui/`, a page that lists the streams. */
export function uiPages(app: FastifyInstance, services: Services, guard: Guard): void {
  for (const url of ['/', '/ui']) {
    apiRoute(app, url, { GET: (_request, reply) => reply.redirect('/ui/', 302) });
  }
  apiRoute(
    app,
    '/ui/',
    {
      GET: (_request, reply) =>
        reply
          .headers({
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
          })
          .send(page(services.streams())),
    },
    guard,
  );
}

function page(streams: readonly StreamInfo[]): string {
  const items = streams.map((stream) => `<li>${describe(stream)}</li>`).join('\n');
  const list = streams.length === 0 ? '<p>There is no stream yet.</p>' : `<ul>\n${items}\n</ul>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Streams</title>
<h1>Streams</h1>
${list}
</html>
`;
}

function describe(stream: StreamInfo): string {
  const href = escapeHtml(`/${encodeName(stream.name)}/media_info.json`);
  const kind = stream.room === undefined ? 'stream' : `room, members: ${stream.room.members.length}`;
  return `<a href="${href}">${escapeHtml(stream.name)}</a> (${kind}${stream.alive ? '' : ', nothing published'})`;
}
