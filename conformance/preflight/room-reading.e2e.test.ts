import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { RunContext } from '../run/context.ts';
import { TargetError, urlTarget } from '../targets/url.ts';
import { findRoomReading } from './room-reading.ts';

let server: Server;
let rooms: Map<string, Set<string>>;
/** Streams that were added to any room. */
let added: string[];

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/**
 * @param roomOf which room a path means to the server
 * @param statusOf of the answer to a call; default 200
 * @param lent rooms of theirs that the run may use
 */
async function serve(
  roomOf: (path: string) => Set<string> | undefined,
  theirs: readonly string[] = [],
  statusOf: (command: string) => number = () => 200,
  lent: readonly string[] = [],
) {
  added = [];
  rooms = new Map(theirs.map((name) => [name, new Set(['somebody'])]));
  server = createServer(async (request, response) => {
    if (request.method !== 'POST') return response.writeHead(404).end();
    let body = '';
    for await (const chunk of request) body += chunk;
    const { command, args } = JSON.parse(body) as { command: string; args: [string] };
    const path = decodeURIComponent(request.url!.replace('/flussonic/api/dynamic_mosaic/', ''));
    const answer = (json: unknown) => response.end(JSON.stringify(json));
    response.statusCode = statusOf(command);
    if (response.statusCode !== 200) return answer({});
    if (command === 'list_room') return answer([...rooms.keys()]);
    if (command === 'add_room') return answer(rooms.set(args[0], new Set()).size);
    if (command === 'remove_room') return answer(rooms.delete(args[0]));
    const room = roomOf(path);
    // An error that comes as a success.
    if (room === undefined) return answer({ error: 'no such room' });
    if (command === 'add_stream') {
      added.push(args[0]);
      room.add(args[0]);
    }
    if (command === 'remove_stream') room.delete(args[0]);
    return answer({ count: room.size, clients: [...room] });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const context = new RunContext(urlTarget(`http://127.0.0.1:${port}`, { rooms: lent }), 0);
  try {
    return await findRoomReading(context);
  } finally {
    await context.close();
  }
}

const only = () => (rooms.size === 1 ? [...rooms.values()][0] : undefined);
const left = () => [...rooms].map(([name, members]) => [name, ...members]);

describe('the reading of a room’s path', () => {
  it('is by name where a name is understood, also where an error comes as a success', async () => {
    expect(await serve((path) => rooms.get(path))).toEqual({ reading: 'by-name' });
    expect(left()).toEqual([]);
  });

  it('is by name where every name that is called becomes a room', async () => {
    const visited = new Map<string, Set<string>>();
    const roomOf = (path: string) => {
      const room = visited.get(path) ?? new Set<string>();
      visited.set(path, room);
      return room;
    };
    expect(await serve(roomOf)).toEqual({ reading: 'by-name' });
  });

  it.each([[[]], [['theirs']]])(
    'is the only room where the documented word means that, with %j',
    async (theirs) => {
      expect(await serve((path) => (path === 'room' ? only() : undefined), theirs)).toEqual({
        reading: 'only-room',
        note: expect.stringContaining('own name is not taken'),
      });
      expect(left()).toEqual(theirs.map((name) => [name, 'somebody']));
    },
  );

  it.each([[[]], [['theirs']]])('is the only room where nobody reads the name, with %j', async (theirs) => {
    expect(await serve(() => [...rooms.values()][0], theirs)).toEqual({
      reading: 'only-room',
      note: expect.stringContaining('whatever name'),
    });
    expect(left()).toEqual(theirs.map((name) => [name, 'somebody']));
    // Nobody is put into a room of others.
    if (theirs.length > 0) expect(added).toEqual([]);
  });

  it('is taken to be by name where there are several rooms and no path means one, which is said', async () => {
    const found = await serve((path) => (path === 'room' ? only() : undefined), ['one', 'two']);
    expect(found).toEqual({
      reading: 'by-name',
      note: 'Neither a room’s name nor room is taken as the path of a room: stat is answered 200, and it has 2 rooms.',
    });
    expect(left()).toEqual([
      ['one', 'somebody'],
      ['two', 'somebody'],
    ]);
  });

  it('is by name where a gateway answered instead of making the room that the word would mean', async () => {
    let calls = 0;
    const statusOf = (command: string) => (command === 'add_room' && ++calls === 1 ? 502 : 200);
    const roomOf = (path: string) => (path === 'room' ? only() : rooms.get(path));
    expect(await serve(roomOf, [], statusOf)).toEqual({ reading: 'by-name' });
    expect(left()).toEqual([]);
  });

  it.each([
    ['add_room', 'and not make a room: add_room is answered 403'],
    ['stat', 'and not call a room: stat is answered 403'],
  ])('is not asked for where the credentials are not good for %s', async (forbidden, message) => {
    const serving = serve(
      (path) => rooms.get(path),
      [],
      (command) => (command === forbidden ? 403 : 200),
    );
    await expect(serving).rejects.toThrow(TargetError);
    await expect(serving).rejects.toThrow(message);
    expect(left()).toEqual([]);
  });

  it('is by name where no room may be made, and one is lent that can be looked at', async () => {
    const statusOf = (command: string) => (command === 'add_room' ? 403 : 200);
    const found = await serve((path) => rooms.get(path), ['lobby'], statusOf, ['lobby']);
    expect(found).toEqual({ reading: 'by-name', note: expect.stringContaining('only those that are lent') });
    expect(left()).toEqual([['lobby', 'somebody']]);
  });

  it('is by name where nobody answers, or the target says so', async () => {
    expect(await serve(() => undefined)).toMatchObject({ reading: 'by-name' });
    const context = new RunContext({ ...urlTarget('http://127.0.0.1:1'), reading: 'only-room' }, 0);
    expect(await findRoomReading(context)).toEqual({ reading: 'only-room' });
    const nobody = new RunContext(urlTarget('http://127.0.0.1:1'), 0);
    expect(await findRoomReading(nobody)).toEqual({
      reading: 'by-name',
      silence: expect.stringContaining('ECONNREFUSED'),
    });
    await Promise.all([context.close(), nobody.close()]);
  });
});
