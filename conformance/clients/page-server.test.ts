import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { officialClient, type PageServer, servePage } from './page-server.ts';

describe('servePage', () => {
  let server: PageServer;

  beforeEach(async () => {
    server = await servePage();
  });
  afterEach(() => server.close());

  it('serves the official client byte for byte, and every script of the page', async () => {
    const page = await (await fetch(server.url)).text();
    const scripts = [...page.matchAll(/src="([^"]+)"/g)].map(([, path]) => path!);
    expect(scripts[0]).toBe('/flussonic-webrtc-player.js');
    const served = Buffer.from(await (await fetch(server.origin + scripts[0])).arrayBuffer());
    expect(served.equals(readFileSync(officialClient))).toBe(true);
    for (const path of [...scripts, '/recorder.js']) {
      expect((await fetch(server.origin + path)).headers.get('content-type')).toContain('text/javascript');
    }
  });

  it('has nothing else', async () => {
    expect((await fetch(`${server.url}package.json`)).status).toBe(404);
  });
});
