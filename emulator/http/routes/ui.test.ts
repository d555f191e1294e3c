import { describe, expect, it } from 'vitest';
import { basic, testApp } from '../test-app.ts';

const editAuth = { user: 'user', password: 'pass' };
const viewAuth = { user: 'viewer', password: 'secret' };
const hostile = [
  '<img src=x onerror=alert(1)>',
  '"\'/x/&amp;',
  '</script><script>alert(1)</script>',
  '__proto__',
];

describe('the pages', () => {
  it.each(['/ui/', '/ui/chat', '/lobby/embed.html?proto=webrtc'])(
    '%s allows scripts of its own only',
    async (url) => {
      const { app, services } = testApp();
      services.registry.addRoom('lobby');
      const { statusCode, headers, body } = await app.inject({ url });
      expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).not.toContain('unsafe');
      expect(policy.includes("frame-ancestors 'none'")).toBe(!url.includes('embed'));
      // Nothing inline that the policy would refuse, nothing of another server.
      expect(body).not.toMatch(
        /<style|style=|\son\w+=|javascript:|<script(?! type="module" src="\/ui\/assets\/)/,
      );
      expect(body.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
      const links = [...body.matchAll(/(?:src|href)="(\/ui\/assets\/[^"]+)"/g)].map(([, link]) => link!);
      expect(links).toHaveLength(3);
      for (const link of links) expect((await app.inject({ url: link })).statusCode).toBe(200);
    },
  );

  it.each(hostile)('say nothing of a room %j but in data', async (name) => {
    const { app, services } = testApp();
    services.registry.addRoom(name);
    services.registry.addMember(name, `${name} too`);
    for (const url of ['/ui/', '/ui/chat', `/${encodeURIComponent(name)}/embed.html`]) {
      expect((await app.inject({ url })).body).not.toContain(name);
    }
    const state = await app.inject({ url: '/ui/api/state' });
    expect(state.headers['content-type']).toBe('application/json');
    expect(state.headers['x-content-type-options'] ?? 'nosniff').toBe('nosniff');
    expect(state.json().rooms[0]).toMatchObject({ name, members: [{ stream: `${name} too` }] });
  });

  it('are for those who may look, the chat for those who may change things', async () => {
    const { app } = testApp({}, { editAuth, viewAuth });
    const status = async (url: string, headers = {}) => (await app.inject({ url, headers })).statusCode;
    const [edit, view] = [basic('user', 'pass'), basic('viewer', 'secret')];
    expect(await Promise.all([status('/ui/'), status('/ui/', view), status('/ui/', edit)])).toEqual([
      401, 200, 200,
    ]);
    expect(
      await Promise.all([status('/ui/chat'), status('/ui/chat', view), status('/ui/chat', edit)]),
    ).toEqual([401, 401, 200]);
    expect(await Promise.all([status('/ui/api/state'), status('/ui/api/state', view)])).toEqual([401, 200]);
    expect(await Promise.all([status('/ui/api/events'), status('/ui/api/hold', view)])).toEqual([401, 401]);
    expect(await status('/ui/assets/style.css')).toBe(200);
  });

  it('tell who has only the pair of view_auth what the chat needs, and ask for it', async () => {
    const { app } = testApp({}, { editAuth, viewAuth });
    const { body, headers } = await app.inject({ url: '/ui/chat', headers: basic('viewer', 'secret') });
    expect(headers['www-authenticate']).toBe('Basic realm="Flussonic"');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).toContain('<code>edit_auth</code>');
  });

  it('come with the status of an unknown stream where there is none to play', async () => {
    const { app } = testApp();
    const { statusCode, body } = await app.inject({ url: '/nobody/embed.html?proto=webrtc' });
    expect(statusCode).toBe(404);
    expect(body).toContain('<video id="player"');
  });

  it.each(['POST', 'DELETE'] as const)('are not for %s', async (method) => {
    const { app } = testApp();
    for (const url of ['/ui/', '/ui/chat', '/ui/api/state', '/ui/api/events', '/ui/assets/style.css']) {
      expect((await app.inject({ method, url })).statusCode).toBe(405);
    }
  });
});

describe('what the pages load', () => {
  it.each([
    'pages/assets.js',
    'pages/browser/none.js',
    'pages/browser/chat.ts',
    'pages/browser/../assets.js',
    'pages/browser/..%2f..%2findex.js',
    'http/app.js',
    'rooms/registry.js',
    '',
    'pages/browser/chat.js%00',
  ])('is not %j', async (path) => {
    const { app } = testApp();
    const { statusCode } = await app.inject({ url: `/ui/assets/${path}` });
    expect([400, 404]).toContain(statusCode);
  });

  it('is sent once: then the browser has it', async () => {
    const { app } = testApp();
    const url = '/ui/assets/pages/browser/chat.js';
    const first = await app.inject({ url });
    expect(first.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(first.body).toContain('ChatRoom');
    const again = await app.inject({ url, headers: { 'if-none-match': String(first.headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});

describe('the scripts of the pages', () => {
  it.each(['chat', 'dashboard', 'embed'])('of %s find all that they import', async (name) => {
    const { app } = testApp();
    const [waiting, seen] = [[`/ui/assets/pages/browser/${name}.js`], new Set<string>()];
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
      if (seen.has(url)) continue;
      seen.add(url);
      const { statusCode, body } = await app.inject({ url });
      expect([url, statusCode]).toEqual([url, 200]);
      for (const [, path] of body.matchAll(/^(?:import|export) .*from '([^']+)'/gm)) {
        expect(path).toMatch(/^\.\.?\//);
        waiting.push(new URL(path!, `http://h${url}`).pathname);
      }
    }
    expect(seen.size).toBeGreaterThan(5);
  });
});

describe('what the pages ask', () => {
  it.each([
    ['/ui/api/hold?room=lobby&stream=alice', 400, 'bad-value'],
    [`/ui/api/hold?room=lobby&stream=alice&key=${'k'.repeat(65)}`, 400, 'bad-value'],
    ['/ui/api/hold?room=lobby&stream=bob&key=k', 404, 'unknown-stream'],
    ['/ui/api/hold?room=nowhere&stream=alice&key=k', 404, 'unknown-stream'],
    ['/ui/api/hold?room=a&room=b&stream=alice&key=k', 404, 'unknown-stream'],
    ['/ui/api/none', 404, 'unknown-path'],
  ])('%s is refused', async (url, status, error) => {
    const { app, services } = testApp();
    services.registry.addRoom('lobby');
    services.registry.addMember('lobby', 'alice');
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.json().error]).toEqual([status, error]);
  });

  it('is not for pages of others, for which browsers send the password, too', async () => {
    const { app } = testApp();
    const status = async (site: string) =>
      (await app.inject({ url: '/ui/api/state', headers: { 'sec-fetch-site': site } })).statusCode;
    expect(await Promise.all(['same-origin', 'none', 'same-site', 'cross-site'].map(status))).toEqual([
      200, 200, 403, 403,
    ]);
  });

  it('answers HEAD without opening anything', async () => {
    const { app, services } = testApp();
    services.registry.addRoom('lobby');
    services.registry.addMember('lobby', 'alice');
    for (const url of ['/ui/api/events', '/ui/api/hold?room=lobby&stream=alice&key=k']) {
      const { statusCode, headers } = await app.inject({ method: 'HEAD', url });
      expect([statusCode, headers['content-type']]).toEqual([200, 'text/event-stream']);
    }
    expect(services.openMeters).toBe(0);
  });
});
