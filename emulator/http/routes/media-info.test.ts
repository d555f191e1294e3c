import { describe, expect, it } from 'vitest';
import { testApp } from '../test-app.ts';

const pair = { user: 'user', password: 'pass' };

describe('media_info.json', () => {
  const urls = [
    '/floor/lobby/media_info.json',
    '/floor%2Flobby/media_info.json',
    '/floor/lobby?tracks=a3/media_info.json',
    '/flussonic/api/media_info/floor/lobby',
    '/flussonic/api/media_info/floor%2Flobby',
  ];
  it.each(urls)('is open at %s and has the figures in both places', async (url) => {
    const { app, services } = testApp({}, { viewAuth: pair, editAuth: pair });
    services.registry.addRoom('floor/lobby');
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json');
    const figures = { sample_rate: 48_000, channels: 1 };
    expect(answer.json()).toEqual({
      tracks: [
        {
          track_id: 'a1',
          content: 'audio',
          codec: 'opus',
          title: 'all',
          ...figures,
          params: { codec: 'opus', ...figures },
        },
      ],
    });
  });

  it('has an empty list of tracks where nobody publishes', async () => {
    const { app } = testApp({ alice: undefined });
    expect((await app.inject({ url: '/alice/media_info.json' })).json()).toEqual({ tracks: [] });
  });

  it('may be read by pages of other origins', async () => {
    const { app } = testApp({ alice: undefined });
    const answer = await app.inject({ url: '/alice/media_info.json' });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const options = await app.inject({ method: 'OPTIONS', url: '/alice/media_info.json' });
    expect([options.statusCode, options.headers.allow]).toEqual([200, 'GET, HEAD']);
  });

  it.each(['/nobody/media_info.json', '/flussonic/api/media_info/nobody'])('is 404 at %s', async (url) => {
    const { app } = testApp();
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.json()]).toEqual([
      404,
      { error: 'unknown-stream', detail: 'There is no stream "nobody".' },
    ]);
  });
});
