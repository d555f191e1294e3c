import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/** Where the page is, and how to end the server. */
export interface PageServer {
  /** `http://127.0.0.1:PORT`: a secure context for browsers, and another origin than the server under test. */
  readonly origin: string;
  /** The page with the official client in it. */
  readonly url: string;
  close(): Promise<void>;
}

const html = 'text/html; charset=utf-8';
const javascript = 'text/javascript; charset=utf-8';

/** The official client as npm has it: no byte is changed on the way to the browser. */
export const officialClient = createRequire(import.meta.url).resolve('@flussonic/flussonic-webrtc-player');

/** Serves the page of a chat member: the official client, and the instruments that watch it. */
export async function servePage(): Promise<PageServer> {
  const files = new Map([
    ['/', { type: html, body: await readFile(new URL('page/index.html', import.meta.url)) }],
    ['/flussonic-webrtc-player.js', { type: javascript, body: await readFile(officialClient) }],
    ...(await Promise.all(
      ['member.js', 'instruments.js', 'recorder.js'].map(async (name) => {
        const body = await readFile(new URL(`page/${name}`, import.meta.url));
        return [`/${name}`, { type: javascript, body }] as const;
      }),
    )),
  ]);
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': file.type }).end(file.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
