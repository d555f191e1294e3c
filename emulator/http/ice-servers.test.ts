import { describe, expect, it } from 'vitest';
import { fakeOffer } from './fake-services.ts';
import { type IceServer, turnOverTcp, writeIceServerLinks } from './ice-servers.ts';
import { testApp } from './test-app.ts';

const turn = {
  urls: ['turn:turn.example.com?transport=udp', 'turns:[::1]:5349'],
  username: 'u',
  credential: 'p',
};

describe('Link values of ICE servers', () => {
  it('hold a URL each, and the credentials of TURN', () => {
    expect(writeIceServerLinks([{ urls: 'stun:stun.example.com' }, turn])).toEqual([
      '<stun:stun.example.com>; rel="ice-server"',
      '<turn:turn.example.com?transport=udp>; rel="ice-server"; username="u"; credential="p"; credential-type="password"',
      '<turns:[::1]:5349>; rel="ice-server"; username="u"; credential="p"; credential-type="password"',
    ]);
  });

  it('quote what would end a quoted string', () => {
    const [link] = writeIceServerLinks([{ urls: 'turn:a', username: 'a"b', credential: 'c\\d' }]);
    expect(link).toContain('username="a\\"b"; credential="c\\\\d"');
  });

  it.each<[string, IceServer]>([
    ['is no stun:', { urls: 'https://turn.example.com' }],
    ['is no stun:', { urls: 'stun:a>; rel="x"' }],
    ['is no stun:', { urls: 'stun:a\r\nX: y' }],
    ['needs a username', { urls: 'turn:turn.example.com', username: 'u' }],
    ['printable ASCII', { urls: 'turn:a', username: 'u\r\nX: y', credential: 'p' }],
  ])('are refused at the start: %s %j', (message, server) => {
    expect(() => testApp({}, { iceServers: [server] })).toThrow(message);
  });
});

describe('the TURN server of the WebSocket clients', () => {
  const credentials = { username: 'u', credential: 'p' };

  it.each([
    ['turn:a?transport=tcp', { addr: 'a', port: 3478 }],
    ['TURN:192.0.2.1:5000', { addr: '192.0.2.1', port: 5000 }],
    ['turn:[::1]:80?transport=TCP', { addr: '[::1]', port: 80 }],
  ])('is the first that may be reached by TCP: %s', (url, place) => {
    const urls = ['stun:s', 'turns:b', 'turn:c?transport=udp', url, 'turn:d'];
    const turn = turnOverTcp([{ urls: 'stun:s' }, { urls, ...credentials }]);
    expect(turn).toEqual({ ...place, user: 'u', pass: 'p' });
  });

  it('is missing where there is none', () => {
    expect(
      turnOverTcp([{ urls: ['stun:s', 'turns:b', 'turn:c?transport=udp'], ...credentials }]),
    ).toBeUndefined();
  });
});

describe('ICE servers', () => {
  const [first, second] = writeIceServerLinks([turn]);

  it.each(['/alice/whip', '/lobby/whep'])(
    'are told in the answer to an offer and to OPTIONS: %s',
    async (url) => {
      const { app, services } = testApp({ alice: undefined }, { iceServers: [turn] });
      services.registry.addRoom('lobby');
      const headers = { 'content-type': 'application/sdp' };
      const created = await app.inject({ method: 'POST', url, headers, payload: fakeOffer });
      expect([created.statusCode, created.headers.link]).toEqual([201, [first, second]]);
      expect((await app.inject({ method: 'OPTIONS', url })).headers.link).toEqual([first, second]);
    },
  );

  it('are told to a preflight only where the page asks for Link', async () => {
    const { app } = testApp({ alice: undefined }, { iceServers: [turn] });
    const preflight = async (wanted: string) => {
      const headers = {
        origin: 'https://example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': wanted,
      };
      return (await app.inject({ method: 'OPTIONS', url: '/alice/whip', headers })).headers.link;
    };
    expect(await preflight('content-type')).toBeUndefined();
    expect(await preflight('content-type, Link')).toEqual([first, second]);
  });

  it('are not told of where none are configured', async () => {
    const { app } = testApp({ alice: undefined });
    expect((await app.inject({ method: 'OPTIONS', url: '/alice/whip' })).headers.link).toBeUndefined();
  });
});
