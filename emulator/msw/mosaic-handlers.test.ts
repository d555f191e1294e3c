import { getResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import {
  ConfigError,
  type MockedOffer,
  type MosaicHandlers,
  type MosaicHandlersOptions,
  mosaicHandlers,
  parseProfile,
} from './index.ts';

const origin = 'http://media.example.com';
const manager = '/flussonic/api/dynamic_mosaic/';

function setUp(options: Partial<MosaicHandlersOptions> = {}) {
  const mosaic = mosaicHandlers({ origin, ...options });
  const ask = (path: string, init?: RequestInit) => request(mosaic, origin + path, init);
  const command = async (path: string, name: string, ...args: readonly string[]) => {
    const body = JSON.stringify({ command: name, args });
    const headers = { authorization: `Basic ${btoa('user:pass')}` };
    return (await ask(path, { method: 'POST', body, headers }))?.json();
  };
  const offer = (path: string) =>
    ask(path, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: 'v=0' });
  return { mosaic, ask, command, offer };
}

function request(mosaic: MosaicHandlers, url: string, init?: RequestInit) {
  return getResponse([...mosaic.handlers], new Request(url, init));
}

describe('mosaicHandlers', () => {
  it.each([
    undefined,
    '',
    'media.example.com',
    'ftp://media.example.com',
    'http://media.example.com/path',
    'http://user:pass@media.example.com',
    '*',
    ['http://media.example.com', 7],
    [],
  ])('refuses the origin %j', (wrong) => {
    const make = () => mosaicHandlers({ origin: wrong as string });
    expect(make).toThrow(TypeError);
    expect(make).toThrow(/^mosaicHandlers: origin must be an origin like "http:\/\/media/);
  });

  it('takes an origin with a slash, capitals and the default port', async () => {
    const { ask } = setUp({ origin: ['https://other.example.com', 'HTTP://Media.example.com:80/'] });
    expect((await ask('/streamer/api/v3/monitoring/liveness'))?.status).toBe(200);
  });

  it('says what is wrong with a configuration, and shows what it passed over', () => {
    expect(() => setUp({ config: 'stream x { input mosaic2:// bitrate=1; }' })).toThrow(ConfigError);
    expect(setUp({ config: 'cluster_key x;' }).mosaic.config.warnings).toHaveLength(1);
  });

  it('leaves to others what is not the API of its origin', async () => {
    const { mosaic, ask } = setUp();
    expect(await request(mosaic, `https://media.example.com${manager}`)).toBeUndefined();
    for (const path of [
      '/',
      '/ui/',
      '/flussonic/api/other',
      '/streamer/api/v3/other',
      '/lobby/preview.jpg',
    ]) {
      expect(await ask(path)).toBeUndefined();
    }
  });

  it('has rooms to arrange and to look at, until it is reset', async () => {
    const { mosaic, command } = setUp({ config: 'edit_auth user pass; stream lobby { input mosaic2://; }' });
    mosaic.registry.addMember('lobby', 'alice');
    expect(await command(`${manager}lobby`, 'add_stream', 'bob')).toEqual({ track_id: 'a3' });
    await command(manager, 'add_room', 'second');
    expect(mosaic.rooms().map(({ name, members }) => [name, members.length])).toEqual([
      ['lobby', 2],
      ['second', 0],
    ]);
    mosaic.reset();
    expect(mosaic.rooms()).toMatchObject([{ name: 'lobby', configured: true, members: [] }]);
    expect(await command(`${manager}lobby`, 'add_stream', 'bob')).toEqual({ track_id: 'a2' });
  });

  it('follows a profile', async () => {
    const profile = parseProfile('{"answers":{"addStream":"number"},"errors":{"realm":"Other"}}', 'test');
    const { mosaic, ask, command } = setUp({ profile });
    mosaic.registry.addRoom('lobby');
    expect(await command(`${manager}lobby`, 'add_stream', 'bob')).toBe(2);
    const refused = await ask(manager, { method: 'POST' });
    expect(refused?.headers.get('www-authenticate')).toBe('Basic realm="Other"');
  });
});

describe('offers', () => {
  it('are refused where nobody makes up answers', async () => {
    const { mosaic, offer } = setUp();
    mosaic.registry.addRoom('lobby');
    const answers = [await offer('/alice/whip'), await offer('/lobby/whep')];
    expect(answers.map((answer) => answer?.status)).toEqual([501, 501]);
    expect(await answers[0]?.json()).toEqual({
      error: 'not-implemented',
      detail: expect.stringContaining('Publishing needs media'),
    });
  });

  it('become sessions by the answer of the test', async () => {
    const offers: MockedOffer[] = [];
    const { mosaic, ask, offer } = setUp({
      answerOffer: async (one) => {
        offers.push(one);
        return 'v=0\r\n';
      },
    });
    mosaic.registry.addRoom('lobby', { disableVideo: false });
    mosaic.registry.addMember('lobby', 'alice');
    const played = await offer('/lobby/whep?start_track=a2');
    expect([played?.status, await played?.text()]).toEqual([201, 'v=0\r\n']);
    expect(offers).toEqual([{ kind: 'play', stream: 'lobby', sdp: 'v=0' }]);

    const sid = played?.headers.get('x-sid');
    const sessions = async () => (await ask('/flussonic/api/sessions'))?.json();
    expect(await sessions()).toMatchObject({
      sessions: [{ id: sid, name: 'lobby', tracks: ['v1', 'a2'] }],
    });

    const tracks = { method: 'PUT', body: '{"tracks":["a1"]}' };
    const changed = await ask(`/lobby/sessions/${sid}/request_tracks`, tracks);
    expect(await changed?.json()).toEqual({ tracks: ['v1', 'a1'] });

    mosaic.registry.removeRoom('lobby');
    await expect.poll(sessions).toMatchObject({ sessions: [] });
  });

  it('make a stream alive until its publisher goes; a newer publisher takes the place of the older', async () => {
    const { ask, offer } = setUp({ answerOffer: () => 'v=0\r\n' });
    const alive = async () => (await ask('/flussonic/api/stream_health/alice'))?.status;
    expect(await alive()).toBe(404);
    const first = await offer('/alice/whip');
    const second = await offer('/alice/whip');
    expect(await alive()).toBe(200);
    const end = (answer: Response | undefined) =>
      ask(answer?.headers.get('location') ?? '', { method: 'DELETE' });
    expect((await end(first))?.status).toBe(404);
    expect(await alive()).toBe(200);
    expect((await end(second))?.status).toBe(200);
    expect(await alive()).toBe(404);
  });

  it('are refused after all where the stream went while the answer was made up', async () => {
    const { mosaic, offer } = setUp({
      answerOffer: ({ stream }) => {
        if (stream === 'lobby') mosaic.registry.removeRoom('lobby');
        else mosaic.registry.addRoom(stream);
        return 'v=0\r\n';
      },
    });
    mosaic.registry.addRoom('lobby');
    expect((await offer('/lobby/whep'))?.status).toBe(404);
    expect((await offer('/alice/whip'))?.status).toBe(403);
  });

  it('show an answerOffer that fails to whoever runs the test', async () => {
    const { offer } = setUp({
      answerOffer: () => {
        throw new Error('no answer today');
      },
    });
    await expect(offer('/alice/whip')).rejects.toThrow('no answer today');
  });
});
