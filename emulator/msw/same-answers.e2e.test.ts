import { getResponse } from 'msw';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../index.ts';
import { type MosaicHandlers, mosaicHandlers } from './index.ts';

const config = `
  edit_auth user pass;
  view_auth viewer secret;
  stream lobby { input mosaic2:// bitrate=96; }
  stream stage/left { input mosaic2:// disable_video=false; }
  stream alice { input publish://; password wonder; }
  stream camera { input rtsp://10.0.0.1/; }
  template chat { prefix chat; input publish://; }
`;

const origin = 'http://media.example.com';
const editor = { authorization: `Basic ${btoa('user:pass')}` };
const viewer = { authorization: `Basic ${btoa('viewer:secret')}` };
const bearer = { authorization: `Bearer ${btoa('user:pass')}` };
const sdp = { 'content-type': 'application/sdp' };
const manager = '/flussonic/api/dynamic_mosaic/';

interface Call {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

function command(path: string, name: string, ...args: unknown[]): Call {
  return { method: 'POST', path, body: JSON.stringify({ command: name, args }), headers: editor };
}

/** Made in this order, each on what the ones before it have left. */
const calls: readonly Call[] = [
  command(manager, 'list_room'),
  command(manager.slice(0, -1), 'list_room'),
  command(manager, 'stats'),
  command(manager, 'add_room', 'my room/ä'),
  command(manager, 'add_room', 'loud', '64', '48000', '480'),
  command(manager, 'add_room', 'bad', '64', '44100', '882'),
  command(manager, 'add_room', 'alice'),
  command(manager, 'add_room'),
  command(manager, 'paint_room', 'x'),
  command(`${manager}room`, 'stat'),
  command(`${manager}lobby`, 'add_stream', 'alice'),
  command(`${manager}lobby/`, 'add_stream', 'bob'),
  command(`${manager}my%20room/%C3%A4`, 'add_stream', 'carol'),
  command(`${manager}my%20room%2F%C3%A4?any=thing`, 'stat'),
  command(`${manager}lobby`, 'mute-audio', 'alice'),
  command(`${manager}lobby`, 'mute_video', 'alice', 'true'),
  command(`${manager}lobby`, 'remove_stream', 'nobody'),
  command(`${manager}nowhere`, 'stat'),
  command(`${manager}lobby%E0%A4%A`, 'stat'),
  command(manager, 'remove_room', 'loud'),
  { method: 'POST', path: manager, body: '{"command"', headers: editor },
  { method: 'POST', path: manager, headers: editor },
  { method: 'POST', path: manager, body: 'x'.repeat(1_000_001), headers: editor },
  { method: 'POST', path: manager, body: '{"command":"list_room"}' },
  { method: 'POST', path: manager, body: '{"command":"list_room"}', headers: viewer },
  { path: manager, headers: editor },
  { method: 'DELETE', path: `${manager}lobby` },
  { path: `${manager}${'x'.repeat(8200)}` },
  { path: '/flussonic/api/streams' },
  { path: '/flussonic/api/streams', headers: viewer },
  { method: 'HEAD', path: '/flussonic/api/streams', headers: viewer },
  { path: '/flussonic/api/server', headers: viewer },
  { path: '/flussonic/api/sessions?name=lobby,alice', headers: viewer },
  { path: '/flussonic/api/stream_health/lobby', headers: viewer },
  { path: '/flussonic/api/stream_health/alice', headers: viewer },
  { path: '/flussonic/api/media_info/stage/left' },
  { path: '/lobby/media_info.json' },
  { path: '/lobby?tracks=a2/media_info.json' },
  { path: '/nobody/media_info.json' },
  { method: 'POST', path: '/lobby/media_info.json' },
  { method: 'OPTIONS', path: '/lobby/media_info.json' },
  { method: 'OPTIONS', path: '/alice/whip' },
  { method: 'OPTIONS', path: '/lobby/whep' },
  { path: '/alice/whip' },
  { method: 'POST', path: '/alice/whip', body: 'v=0', headers: sdp },
  { method: 'POST', path: '/alice/whip?password=wrong', body: 'v=0', headers: sdp },
  { method: 'POST', path: '/alice/whip?password=wonder', body: 'rubbish', headers: sdp },
  { method: 'POST', path: '/alice/whip?password=wonder', body: 'v=0' },
  { method: 'POST', path: '/lobby/whip', body: 'v=0', headers: sdp },
  { method: 'POST', path: '/camera/whip', body: 'v=0', headers: sdp },
  { method: 'POST', path: '/nobody/whip', body: 'v=0', headers: sdp },
  { method: 'POST', path: '/nobody/whep', body: 'v=0', headers: sdp },
  { method: 'POST', path: '/lobby/whep?tracks=x9', body: 'v=0', headers: sdp },
  { method: 'POST', path: '/lobby/whep', body: '', headers: sdp },
  { method: 'DELETE', path: '/lobby/whep/none' },
  { method: 'PATCH', path: '/lobby/whep/none' },
  { method: 'PUT', path: '/lobby/sessions/none/request_tracks', body: '{"tracks":["v1","a3"]}' },
  { method: 'PUT', path: '/lobby/sessions//request_tracks', body: '{"tracks":[]}' },
  { method: 'PUT', path: '/lobby/sessions/none', body: '{}' },
  { path: '/lobby/webrtc' },
  { method: 'POST', path: '/alice/webrtc/publish-error', body: '{}' },
  { path: '/streamer/api/v3/streams' },
  { path: '/streamer/api/v3/streams', headers: bearer },
  { path: '/streamer/api/v3/streams/nobody', headers: bearer },
  { path: '/streamer/api/v3/sessions', headers: bearer },
  { path: '/streamer/api/v3/monitoring/liveness' },
  {
    method: 'PUT',
    path: '/streamer/api/v3/streams/new/room',
    body: '{"inputs":[{"url":"mosaic2://","disable_video":false}]}',
    headers: bearer,
  },
  { method: 'PUT', path: '/streamer/api/v3/streams/bad', body: '{"inputs":[]}', headers: bearer },
  { method: 'PUT', path: '/streamer/api/v3/streams/bad', body: '{', headers: bearer },
  { method: 'POST', path: '/streamer/api/v3/streams/new/room', headers: bearer },
  { method: 'DELETE', path: '/streamer/api/v3/streams/stage/left', headers: viewer },
  { method: 'DELETE', path: '/streamer/api/v3/streams/stage/left', headers: bearer },
  { path: '/flussonic/api/streams', headers: viewer },
  command(manager, 'stats'),
];

let emulator: Emulator;
let mosaic: MosaicHandlers;

beforeAll(async () => {
  emulator = await startEmulator({ config });
  mosaic = mosaicHandlers({ origin, config });
});

afterAll(() => emulator.close());

describe('the handlers answer as the emulator does', () => {
  it.each(calls.map((call) => [title(call), call] as const))('%s', async (_title, call) => {
    const [ofEmulator, ofHandlers] = await Promise.all([askEmulator(call), askHandlers(call)]);
    expect(await told(ofHandlers)).toEqual(await told(ofEmulator));
  });
});

function title({ method = 'GET', path, body = '' }: Call): string {
  return `${method} ${path} ${body}`.slice(0, 100);
}

function askEmulator(call: Call): Promise<Response> {
  return fetch(emulator.httpUrls[0] + call.path, init(call));
}

async function askHandlers(call: Call): Promise<Response> {
  const answer = await getResponse([...mosaic.handlers], new Request(origin + call.path, init(call)));
  return answer ?? Response.error();
}

function init({ method = 'GET', headers = {}, body }: Call) {
  return { method, headers, ...(body !== undefined && { body }) };
}

/** All of an answer but what is the connection's business, and times. */
async function told(answer: Response) {
  const headers = Object.fromEntries(answer.headers);
  for (const name of ['connection', 'keep-alive', 'date', 'content-length', 'transfer-encoding']) {
    delete headers[name];
  }
  const body = (await answer.text()).replace(
    /"(now|uptime|created_at|opened_at|started_at|current_time)":\d+/g,
    '"$1":0',
  );
  return { status: answer.status, headers, body };
}
