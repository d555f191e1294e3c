import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeServices } from './fake-services.ts';
import { type RunningHttp, startHttp } from './index.ts';
import { silentLogger } from './test-app.ts';

const run = promisify(execFile);
const services = new FakeServices();
let http: RunningHttp;

beforeAll(async () => {
  http = await startHttp(services, {
    http: [{ address: '127.0.0.1', port: 0 }],
    https: [],
    editAuth: { user: 'user', password: 'pass' },
    logger: silentLogger,
  });
});

afterAll(() => http.close());

/** Runs a line of the documentation in a shell, with the host put in. */
async function sh(line: string): Promise<string> {
  const host = `127.0.0.1:${http.addresses[0]!.port}`;
  const { stdout } = await run('sh', ['-c', line.replace('FLUSSONIC-IP', host)]);
  return stdout;
}

describe('the documented calls, by curl', () => {
  // In the order of a chat's life.
  it.each([
    [
      `curl -X POST -d '{"command" : "add_room", "args" : ["ROOM_NAME"]}' 'http://user:pass@FLUSSONIC-IP/flussonic/api/dynamic_mosaic/'`,
      { success: true },
    ],
    [
      `curl -X POST -d '{"command" : "add_room", "args" : ["ROOM_NAME","64","48000","480"]}' 'http://user:pass@FLUSSONIC-IP/flussonic/api/dynamic_mosaic/'`,
      { success: true },
    ],
    [
      `curl -X POST -d '{"command" : "list_room", "args" : []}' 'http://user:pass@FLUSSONIC-IP/flussonic/api/dynamic_mosaic/'`,
      ['ROOM_NAME'],
    ],
    [
      `curl -X POST -d '{"command" : "add_stream", "args" : ["STREAM_NAME"]}' 'http://user:pass@FLUSSONIC-IP/flussonic/api/dynamic_mosaic/room'`,
      { track_id: 'a2' },
    ],
    [
      `curl -X POST -d '{"command" : "stat", "args" : []}' 'http://user:pass@FLUSSONIC-IP/flussonic/api/dynamic_mosaic/room'`,
      { count: 2, clients: ['all', 'STREAM_NAME'] },
    ],
    [
      `curl -X POST -d '{"command" : "stats", "args" : []}' 'http://user:pass@FLUSSONIC-IP/flussonic/api/dynamic_mosaic/'`,
      [expect.objectContaining({ name: 'ROOM_NAME', bitrate: 64, samplerate: 48_000, samples: 480 })],
    ],
    [
      `curl -X POST -d '{"command" : "mute_video", "args" : ["STREAM_NAME"]}' 'http://user:pass@FLUSSONIC-IP/flussonic/api/dynamic_mosaic/room'`,
      { track_id: 'a2' },
    ],
    [
      `curl -X POST -d '{"command" : "mute-audio", "args" : ["STREAM_NAME"]}' 'http://user:pass@FLUSSONIC-IP/flussonic/api/dynamic_mosaic/room'`,
      { track_id: 'a2' },
    ],
    [
      `curl -X POST -d '{"command" : "remove_stream", "args" : ["STREAM_NAME"]}' 'http://user:pass@FLUSSONIC-IP/flussonic/api/dynamic_mosaic/room'`,
      { track_id: 'a2' },
    ],
    [
      `curl -X POST -d '{"command" : "remove_room", "args" : ["ROOM_NAME"]}' 'http://user:pass@FLUSSONIC-IP/flussonic/api/dynamic_mosaic/'`,
      { success: true },
    ],
  ])('%s', async (line, expected) => {
    const output = await sh(line);
    expect(JSON.parse(output)).toEqual(expected);
    expect(output.endsWith('\n')).toBe(true);
  });

  it('fail with the wrong password', async () => {
    const output = await sh(
      `curl -i -X POST -d '{"command" : "list_room", "args" : []}' 'http://user:wrong@FLUSSONIC-IP/flussonic/api/dynamic_mosaic/'`,
    );
    expect(output).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/);
    expect(output).toMatch(/^www-authenticate: Basic realm="Flussonic"\r$/im);
  });

  it('take a body without a content type', async () => {
    const output = await sh(
      `curl -X POST -H 'Content-Type:' -d '{"command" : "list_room", "args" : []}' 'http://user:pass@FLUSSONIC-IP/flussonic/api/dynamic_mosaic'`,
    );
    expect(output).toBe('[]\n');
  });
});
