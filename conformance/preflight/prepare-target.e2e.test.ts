import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { ApiClient } from '../http/api-client.ts';
import { streamNames } from '../run/v3-streams.ts';
import type { Target } from '../targets/target.ts';
import { TargetError, type UrlTargetOptions, urlTarget } from '../targets/url.ts';
import { removeEarlierRuns } from './earlier-runs.ts';
import { examinationLines, examine } from './examination.ts';
import { preflight } from './preflight.ts';
import { prepareTarget } from './prepare-target.ts';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const withRooms = `
edit_auth user pass;
template chat { prefix chat; input publish://; }
stream lobby { input mosaic2://; }
stream pictures { input mosaic2:// disable_video=false; }
`;

async function emulator(config = withRooms): Promise<Emulator> {
  const started = await startEmulator({
    config,
    http: [{ address: '127.0.0.1', port: 0 }],
    https: [{ address: '127.0.0.1', port: 0 }],
  });
  closing.push(() => started.close());
  return started;
}

function targetOf(url: string, options: UrlTargetOptions = {}, pair = 'user:pass') {
  return urlTarget(url.replace('://', `://${pair}@`), options);
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that passes calls on to another one, but for those that `instead` answers. */
function proxy(to: string, instead: (request: IncomingMessage, response: ServerResponse) => boolean) {
  return serve(async (request, response) => {
    if (instead(request, response)) return;
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const answer = await fetch(to + request.url, {
      method: request.method!,
      headers: { authorization: request.headers.authorization ?? '' },
      ...(body.length > 0 && { body: Buffer.concat(body) }),
    });
    response.writeHead(answer.status, { server: 'Proxy\u009b31m' }).end(await answer.text());
  });
}

describe('preflight', () => {
  it('says which protocol a port speaks instead, and what to do about a certificate', async () => {
    const { httpUrls, httpsUrls } = await emulator();
    const [plain, tls] = [httpUrls[0]!, httpsUrls[0]!];
    await expect(preflight(targetOf(tls.replace('https', 'http')))).rejects.toThrow(`it speaks TLS: ${tls}`);
    const swapped = targetOf(plain.replace('http', 'https'), { insecure: true });
    await expect(preflight(swapped)).rejects.toThrow(`it speaks plain HTTP: ${plain}`);
    await expect(preflight(targetOf(tls))).rejects.toThrow('--insecure');
    await expect(preflight(targetOf(tls, { insecure: true }))).resolves.toBe('Streamer 20.08');
  });

  it('says that the credentials are wrong', async () => {
    const { httpUrls } = await emulator();
    await expect(preflight(targetOf(httpUrls[0]!, {}, 'user:wrong'))).rejects.toThrow('edit_auth');
  });
});

describe('examine', () => {
  it('finds nothing lacking where all is there, and leaves nothing behind', async () => {
    const { httpUrls, rooms } = await emulator();
    const target = targetOf(httpUrls[0]!, { rooms: ['pictures'], prefix: 'chat/' });
    const found = await examine(target);
    expect(found).toEqual({
      server: 'Streamer 20.08',
      version: '20.08',
      notes: [],
      rooms: ['lobby', 'pictures'],
      lacks: [],
    });
    expect(examinationLines(target, found)).toEqual([
      `${target.name} answers as Streamer 20.08, version 20.08; it has 2 rooms`,
    ]);
    expect(rooms().map(({ name }) => name)).toEqual(['lobby', 'pictures']);
  });

  it('gives the lines that are missing, as the server takes them', async () => {
    const { httpUrls } = await emulator();
    const target = targetOf(httpUrls[0]!);
    const lines = examinationLines(target, await examine(target)).join('\n');
    expect(lines).toContain('--room pictures-1 --room pictures-2 --room pictures-3');
    const streams = lines.match(/^ +stream .*$/gm)!;
    const better = await emulator(`edit_auth user pass;\n${streams.join('\n')}`);
    const rooms = ['pictures-1', 'pictures-2', 'pictures-3'];
    expect((await examine(targetOf(better.httpUrls[0]!, { rooms }))).lacks).toEqual([]);
  });

  it('tells a room that is not there from one without a picture', async () => {
    const { httpUrls } = await emulator();
    const found = await examine(targetOf(httpUrls[0]!, { rooms: ['lobby', 'nowhere'] }));
    expect(found.lacks).toMatchObject([
      {
        what: 'the room lobby has no picture',
        lines: ['stream lobby { input mosaic2:// disable_video=false; }'],
      },
      { what: expect.stringContaining('there is no room nowhere') },
    ]);
  });

  it('gives a template where participants may not publish', async () => {
    const { httpUrls } = await emulator();
    const url = await proxy(httpUrls[0]!, ({ url }, response) => {
      const isPublisher = url!.endsWith('/whip');
      if (isPublisher) response.writeHead(404).end();
      return isPublisher;
    });
    const target = targetOf(url);
    const found = await examine(target);
    expect(found.lacks.at(-1)).toEqual({
      what: 'a participant’s publisher is answered 404: nobody can be heard or seen',
      lines: ['template mosaic2 { prefix mosaic2; input publish://; }'],
      options: '--prefix mosaic2/',
    });
    expect(examinationLines(target, found).join('\n')).not.toContain('\u009b');
    const prefixed = await examine(targetOf(url, { prefix: 'test/' }));
    expect(prefixed.lacks.at(-1)!.lines).toEqual(['template test { prefix test; input publish://; }']);
    expect(prefixed.lacks.at(-1)).not.toHaveProperty('options');
  });
});

describe('prepareTarget', () => {
  it('makes the rooms that a run needs, and removes them with the target', async () => {
    const { httpUrls, rooms } = await emulator();
    const said: string[] = [];
    const target = targetOf(httpUrls[0]!, { prefix: 'chat/' });
    const ready = await prepareTarget(target, { provision: true, say: (line) => said.push(line) });
    const { pictures, snippet, defaults, options, soundOnly, urlSpelling } = ready.configured!;
    const made = new Map(rooms().map((room) => [room.name, room]));
    expect(new Set(pictures).size).toBe(3);
    for (const name of pictures) expect(made.get(name)).toMatchObject({ disableVideo: false });
    expect(made.get(snippet!)).toMatchObject({ disableVideo: true, opus: { bitrateKbps: 128 } });
    expect(made.get(defaults!)).toMatchObject({ disableVideo: true, opus: { bitrateKbps: 64 } });
    expect(made.get(options!)).toMatchObject({ opus: { sampleRateHz: 16_000, samplesPerFrame: 320 } });
    expect(made.get(soundOnly!)).toMatchObject({ disableVideo: true });
    expect(urlSpelling).toBeUndefined();
    for (const name of made.keys()) expect(name).toMatch(/^(lobby|pictures|chat\/m2-run-.*)$/);
    expect(said).toEqual([expect.stringContaining('it has 9 rooms')]);
    expect(ready.reproduceWith).toContain('--provision');
    await ready.close();
    await ready.close();
    expect(rooms().map(({ name }) => name)).toEqual(['lobby', 'pictures']);
  });

  it('leaves nothing behind where the server makes some rooms only', async () => {
    const { httpUrls, rooms } = await emulator();
    const url = await proxy(httpUrls[0]!, ({ method, url }, response) => {
      const isRefused = method === 'PUT' && url!.includes('pictures-2');
      if (isRefused) response.writeHead(405).end('{"error":"unknown_operation"}');
      return isRefused;
    });
    const preparing = prepareTarget(targetOf(url), { provision: true });
    await expect(preparing).rejects.toThrow(TargetError);
    await expect(preparing).rejects.toThrow(/answered 405; .*--room:\nstream pictures-1 \{ input mosaic2/s);
    expect(rooms().map(({ name }) => name)).toEqual(['lobby', 'pictures']);
  });

  it('leaves nothing behind when it is ended early', async () => {
    const { httpUrls, rooms } = await emulator();
    const ending = new AbortController();
    let puts = 0;
    const url = await proxy(httpUrls[0]!, ({ method }) => {
      if (method === 'PUT' && ++puts === 3) ending.abort();
      return false;
    });
    await expect(prepareTarget(targetOf(url), { provision: true }, ending.signal)).rejects.toThrow('ended');
    expect(puts).toBe(3);
    expect(rooms().map(({ name }) => name)).toEqual(['lobby', 'pictures']);
  });

  describe('with cleanup', () => {
    const run = 'm2-run-3f9c0a1b7d2e-';

    async function cleaned(target: Target): Promise<string> {
      const said: string[] = [];
      await prepareTarget(target, { cleanup: true, say: (line) => said.push(line) });
      return said[0]!;
    }

    it('removes what earlier runs have left, and nothing of others', async () => {
      const { httpUrls, rooms } = await emulator();
      const target = targetOf(httpUrls[0]!);
      const api = new ApiClient(target);
      const names = () => rooms().map(({ name }) => name);
      for (const room of [`${run}left`, 'm2-cam-front', `chat/${run}other`])
        await api.manager('add_room', [room]);
      await api.room('lobby', 'add_stream', [`${run}alice`]);
      await api.room('lobby', 'add_stream', ['m2-cam-front-bob']);
      await api.room(`${run}left`, 'add_stream', ['carol']);
      expect(await cleaned(target)).toMatch(/1 rooms, 1 members and 0 streams, which are removed$/);
      expect(names()).toEqual(['lobby', 'pictures', 'm2-cam-front', `chat/${run}other`]);
      expect(rooms()[0]!.members.map(({ stream }) => stream)).toEqual(['m2-cam-front-bob']);
      await removeEarlierRuns(api, 'chat/');
      expect(names()).toEqual(['lobby', 'pictures', 'm2-cam-front']);
    });

    it.each([
      { who: 'only members of runs', members: [`${run}first`, `${run}second`], stays: false },
      { who: 'somebody else, too', members: [`${run}first`, 'bob'], stays: true },
      { who: 'nobody', members: [], stays: true },
    ])('takes the room called room for a run’s where $who is in it: stays $stays', async (room) => {
      const { httpUrls, rooms } = await emulator();
      const target = targetOf(httpUrls[0]!);
      const api = new ApiClient(target);
      await api.manager('add_room', ['room']);
      for (const member of room.members) await api.room('room', 'add_stream', [member]);
      const doubt = 'the room called room stays, since nothing says that a run has made it';
      const said = await cleaned(target);
      expect(rooms().some(({ name }) => name === 'room')).toBe(room.stays);
      expect(said.includes(doubt)).toBe(room.stays);
    });

    it('leaves the room called room where it cannot be read who is in it', async () => {
      const { httpUrls, rooms } = await emulator();
      let calls = 0;
      const url = await proxy(httpUrls[0]!, ({ url }, response) => {
        // The first stat, and the call that removes the member, are answered.
        const isLater = url!.endsWith('/dynamic_mosaic/room') && ++calls > 2;
        if (isLater) response.writeHead(500).end('{}');
        return isLater;
      });
      const api = new ApiClient(targetOf(httpUrls[0]!));
      await api.manager('add_room', ['room']);
      await api.room('room', 'add_stream', [`${run}first`]);
      expect(await removeEarlierRuns(new ApiClient(targetOf(url)))).toMatchObject({
        members: [`${run}first`],
        doubtfulRoom: true,
      });
      expect(rooms().map(({ name }) => name)).toContain('room');
    });
  });
});

describe('streamNames', () => {
  it('reads lists that come in pages, and no endless ones', async () => {
    let pages = 0;
    const url = await serve((request, response) => {
      pages += 1;
      const isFirst = !request.url!.includes('cursor');
      response.end(JSON.stringify({ streams: [{ name: isFirst ? 'a' : 'b' }, { no: 'name' }], next: 'n&1' }));
    });
    const names = (await streamNames(new ApiClient(targetOf(url))))!;
    expect(names.slice(0, 2)).toEqual(['a', 'b']);
    expect(pages).toBe(100);
    const none = await serve((_, response) => response.writeHead(404).end('no'));
    expect(await streamNames(new ApiClient(targetOf(none)))).toBeUndefined();
  });
});
