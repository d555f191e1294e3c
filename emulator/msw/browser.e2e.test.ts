import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWithoutChromium, launchChromium } from '../../scripts/test-chromium.ts';
import { entryPoint, type Project, program, unpackSnippets } from './test-snippets.ts';

/** Starts what the documentation shows, and hands it to the test. */
const main = `
  import { mosaic } from './mocks.ts';
  Object.assign(globalThis, { mosaic });
`;

const html = '<!doctype html><meta charset="utf-8"><script type="module" src="/main.js"></script>';

let project: Project;
let server: Server;
let browser: Browser;
let page: Page;

describe.skipIf(isWithoutChromium)('the handlers in a browser', () => {
  beforeAll(async () => {
    project = await unpackSnippets('docs/msw.md');
    server = await serve({
      '/': ['text/html', html],
      '/main.js': ['text/javascript', await bundle(project.folder)],
      '/mockServiceWorker.js': [
        'text/javascript',
        await readFile(program('msw/lib/mockServiceWorker.js'), 'utf8'),
      ],
    });
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'mosaic' in globalThis);
  });

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    await project?.remove();
  });

  it('answer the documented calls', async () => {
    expect(await command('', 'list_room')).toEqual([200, ['lobby']]);
    expect(await command('lobby', 'add_stream', 'chat/alice')).toEqual([200, { track_id: 'a2' }]);
    expect(await command('room', 'add_stream', 'chat/bob')).toEqual([200, { track_id: 'a3' }]);
    expect(await command('lobby', 'mute-audio', 'chat/bob')).toEqual([200, { track_id: 'a3' }]);
    expect(await command('lobby', 'stat')).toEqual([
      200,
      { count: 3, clients: ['all', 'chat/alice', 'chat/bob'] },
    ]);
    expect(await command('', 'add_room', 'loud', '64', '48000', '480')).toEqual([200, { success: true }]);
    expect(await command('', 'remove_room', 'loud')).toEqual([200, { success: true }]);
    expect(await command('lobby', 'remove_stream', 'chat/alice')).toEqual([200, { track_id: 'a2' }]);
  });

  it('tell errors as the emulator does', async () => {
    expect(await command('nowhere', 'stat')).toEqual([
      404,
      { error: 'unknown-room', detail: 'There is no room "nowhere".' },
    ]);
    const anonymous = await ask('POST', 'http://media.example.com/flussonic/api/dynamic_mosaic/');
    expect(anonymous).toMatchObject({ status: 401, challenge: 'Basic realm="Flussonic"' });
  });

  it('answer players on either origin, and refuse media', async () => {
    const info = await ask('GET', 'https://media.example.com/lobby/media_info.json');
    expect(info).toMatchObject({ status: 200, body: { tracks: [{ track_id: 'a1' }, { track_id: 'a3' }] } });
    const offer = await ask('POST', 'https://media.example.com/chat/alice/whip', 'v=0', {
      'content-type': 'application/sdp',
    });
    expect(offer).toMatchObject({ status: 501, body: { error: 'not-implemented' } });
  });

  it('show the page its rooms, and begin again', async () => {
    const members = () =>
      page.evaluate(() => {
        const { mosaic } = globalThis as unknown as { mosaic: import('./index.ts').MosaicHandlers };
        return mosaic.rooms().map((room) => [room.name, room.opus.bitrateKbps, room.members.length]);
      });
    expect(await members()).toEqual([['lobby', 128, 1]]);
    await page.evaluate(() => (globalThis as unknown as { mosaic: { reset(): void } }).mosaic.reset());
    expect(await members()).toEqual([['lobby', 128, 0]]);
    expect(await command('lobby', 'stat')).toEqual([200, { count: 1, clients: ['all'] }]);
  });

  it('leave other requests alone', async () => {
    expect(await ask('GET', '/')).toMatchObject({ status: 200, body: html });
  });
});

async function command(room: string, name: string, ...args: readonly string[]) {
  const url = `http://media.example.com/flussonic/api/dynamic_mosaic/${room}`;
  const authorization = `Basic ${btoa('user:pass')}`;
  const { status, body } = await ask('POST', url, JSON.stringify({ command: name, args }), { authorization });
  return [status, body];
}

/** Makes a call from within the page. */
function ask(method: string, url: string, body?: string, headers: Record<string, string> = {}) {
  return page.evaluate(
    async ([url, init]) => {
      const answer = await fetch(url, init);
      const isJson = answer.headers.get('content-type') === 'application/json';
      return {
        status: answer.status,
        challenge: answer.headers.get('www-authenticate'),
        body: isJson ? await answer.json() : await answer.text(),
      };
    },
    [url, { method, headers, ...(body !== undefined && { body }) }] as const,
  );
}

/** Fails where anything that a browser does not have is imported. */
async function bundle(folder: string): Promise<string> {
  await writeFile(join(folder, 'main.ts'), main);
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'main.ts')],
    alias: { 'mosaic2/msw': entryPoint },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

async function serve(
  files: Readonly<Record<string, readonly [type: string, text: string]>>,
): Promise<Server> {
  const server = createServer((request, response) => {
    const [type, text] = files[request.url ?? ''] ?? [];
    response.writeHead(type === undefined ? 404 : 200, { 'content-type': type ?? 'text/plain' });
    response.end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
