import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { urlTarget } from '../targets/url.ts';
import { RunContext } from './context.ts';

/** Calls as they came: path behind the manager's, command and arguments. */
let calls: string[];
/** Streams that the v3 API tells of; undefined: there is no such API. */
let keptStreams: Set<string> | undefined;
let answer: () => { status: number; type: string; body: string } | undefined;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const v3Path = '/streamer/api/v3/streams';
  if (request.url!.startsWith(v3Path)) {
    const name = decodeURIComponent(request.url!.slice(v3Path.length + 1));
    if (request.method === 'DELETE') {
      calls.push(`v3 DELETE ${name}`);
      keptStreams!.delete(name);
    }
    const status = keptStreams === undefined ? 404 : 200;
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ streams: [...(keptStreams ?? [])].map((kept) => ({ name: kept })) }));
    return;
  }
  const { command, args } = JSON.parse(body) as { command: string; args: string[] };
  if (command === 'add_stream') keptStreams?.add(args[0]!);
  calls.push([request.url!.replace('/flussonic/api/dynamic_mosaic/', ''), command, ...args].join(' ').trim());
  const answered = answer();
  if (answered === undefined) return;
  const { status, type } = answered;
  response.writeHead(status, { 'content-type': type }).end(answered.body);
});
let url: string;

beforeEach(async () => {
  calls = [];
  keptStreams = undefined;
  answer = () => ({ status: 200, type: 'application/json', body: '[]' });
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('RunContext', () => {
  it('removes its rooms with their members at the end, and of other rooms its members only', async () => {
    const context = new RunContext(urlTarget(url), 0);
    const { leftovers } = context;
    leftovers.addRoom('ours');
    leftovers.addMember('ours', 'a');
    leftovers.addMember('theirs', 'b');
    leftovers.addMember('theirs', 'gone');
    leftovers.removedMember('theirs', 'gone');
    leftovers.addRoom('removed');
    leftovers.removedRoom('removed');
    await Promise.all([context.close(), context.close()]);
    expect(calls.toSorted()).toEqual(['ours remove_stream a', 'remove_room ours', 'theirs remove_stream b']);
    expect(calls.indexOf('ours remove_stream a')).toBeLessThan(calls.indexOf('remove_room ours'));
  });

  it('keeps in mind what could not be removed, and asks again at the end where a gateway answers', async () => {
    const context = new RunContext(urlTarget(url), 0);
    const { leftovers } = context;
    leftovers.addRoom('ours');
    leftovers.addMember('ours', 'a');
    leftovers.addMember('theirs', 'b');
    leftovers.addMember('theirs', 'c');
    answer = () => ({ status: 503, type: 'text/html', body: '' });
    calls = [];
    await leftovers.remove();
    expect(calls).toHaveLength(4);
    expect(leftovers.left.toSorted()).toEqual(['b in theirs', 'c in theirs', 'ours']);
    let attempts = 0;
    // Each of the members at first.
    answer = () => ({ status: ++attempts <= 3 ? 502 : 200, type: 'text/html', body: '' });
    calls = [];
    await context.close();
    expect(leftovers.left).toEqual([]);
    expect(calls.slice(3).toSorted()).toEqual([
      'ours remove_stream a',
      'remove_room ours',
      'theirs remove_stream b',
      'theirs remove_stream c',
    ]);
  });

  it('removes a room that its maker names, and nothing else', async () => {
    const context = new RunContext(urlTarget(url), 0);
    context.leftovers.addRoom('room');
    context.leftovers.addMember('room', 'a');
    context.leftovers.addMember('theirs', 'b');
    context.leftovers.addRoom('other');
    await context.leftovers.remove('room');
    expect(calls).toEqual(['room remove_stream a', 'remove_room room']);
    await context.leftovers.remove('theirs');
    expect(calls.slice(2)).toEqual(['theirs remove_stream b']);
    await context.close();
    expect(calls.slice(3)).toEqual(['remove_room other']);
  });

  it('removes the streams of its members from a server that keeps them, and leaves those of others', async () => {
    keptStreams = new Set(['theirs', 'm2-zzzzz-of-another-run']);
    const context = new RunContext(urlTarget(url), 0);
    const { leftovers } = context;
    leftovers.addRoom('ours');
    for (const stream of ['chat/stays', 'leaves', 'refused']) leftovers.addMember('ours', stream);
    for (const stream of ['chat/stays', 'leaves']) await context.api.room('ours', 'add_stream', [stream]);
    leftovers.removedMember('ours', 'leaves');
    calls = [];
    await context.close();
    expect([...keptStreams]).toEqual(['theirs', 'm2-zzzzz-of-another-run']);
    expect(calls.slice(-2)).toEqual(['v3 DELETE chat/stays', 'v3 DELETE leaves']);
    expect(calls).not.toContain('v3 DELETE refused');
  });

  it('cleans up by itself after an abort, which ends calls at once and lets nothing new begin', async () => {
    const ending = new AbortController();
    const context = new RunContext(urlTarget(url), 0, ending.signal);
    context.leftovers.addRoom('ours');
    answer = () => {
      ending.abort();
      return undefined;
    };
    await expect(context.api.manager('add_room', ['ours'])).rejects.toThrow('the run has ended');
    expect(context.signal.aborted).toBe(true);
    answer = () => ({ status: 200, type: 'application/json', body: '{}' });
    await context.close();
    expect(calls).toEqual(['add_room ours', 'remove_room ours']);
  });

  it('starts nothing after it was closed that nobody would end', async () => {
    const context = new RunContext(urlTarget(url), 0);
    await context.close();
    let played = false;
    const scenario = {
      name: 'too late',
      play: async () => {
        played = true;
      },
    };
    expect(() => context.bots).toThrow('the run has ended');
    expect(() => context.use(scenario)).toThrow('the run has ended');
    expect(() => context.leftovers.addRoom('room')).toThrow('the run has ended');
    expect(() => context.leftovers.addMember('room', 'a')).toThrow('the run has ended');
    await expect(context.api.request('/')).rejects.toThrow('the run has ended');
    expect(played).toBe(false);
    expect(calls).toEqual([]);
  });

  it('plays a scenario once, however often it is used', async () => {
    const context = new RunContext(urlTarget(url), 0);
    let played = 0;
    const scenario = { name: 'counted', play: async () => ++played };
    expect(await Promise.all([context.use(scenario), context.use(scenario)])).toEqual([1, 1]);
    await context.close();
  });
});
