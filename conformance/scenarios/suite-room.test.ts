import { describe, expect, it } from 'vitest';
import type { Clip } from '../bots/process/messages.ts';
import { NotApplicableError } from '../run/clause.ts';
import type { RunContext } from '../run/context.ts';
import { Leftovers } from '../run/leftovers.ts';
import { MemberRefusedError, SuiteRoom } from './suite-room.ts';

const clip = {} as Clip;

/** A server that answers as it is told, and bots that come when they are told to; each call is noted. */
function server(statusOf: (command: string, args: readonly string[]) => number) {
  const calls: string[] = [];
  const call = async (command: string, args: readonly string[]) => {
    calls.push([command, ...args].join(' '));
    const status = statusOf(command, args);
    return { status, body: '', json: { track_id: `a${calls.length}` }, evidence: {} };
  };
  const api = {
    manager: call,
    room: async (_room: string, command: string, args: readonly string[]) => call(command, args),
    streamUrl: (stream: string, _endpoint: string, query = '') => stream + query,
  };
  const closed: string[] = [];
  const listened: string[] = [];
  const context = {
    ...{ prefix: 'm2-', reading: 'by-name', api, leftovers: new Leftovers(api as never) },
    trackOfAll: 'a1',
    trackIdOf: (json: { track_id: string }) => json.track_id,
    bots: {
      publish: async (stream: string) => {
        if (stream.endsWith('broken')) throw new Error('it cannot publish');
        if (stream.endsWith('late')) await new Promise((resolve) => setImmediate(resolve));
        return { close: async () => void closed.push(stream) };
      },
      listen: async (url: string) => {
        listened.push(url);
        return { close: async () => {} };
      },
    },
  };
  return { calls, closed, listened, context: context as unknown as RunContext };
}

const membersOf = (...labels: string[]) => labels.map((label) => [label, clip] as const);

/** A room of so many members answers all others with a status. */
function fullAt(most: number, status: number) {
  const members = new Set<string>();
  return server((command, [stream]) => {
    if (command === 'remove_stream') members.delete(stream!);
    if (command !== 'add_stream') return 200;
    if (members.size >= most && !members.has(stream!)) return status;
    members.add(stream!);
    return 200;
  });
}

describe('a room of the suite', () => {
  it.each([409, 400, 507])('is too small for a clause where the server says so by %i', async (status) => {
    const { context } = fullAt(2, status);
    const joining = SuiteRoom.use(context, 'small', (room) =>
      room.joinAll(membersOf('alice', 'bob', 'carol')),
    );
    await expect(joining).rejects.toThrow(NotApplicableError);
    await expect(joining).rejects.toThrow(`a room takes no more than 2: add_stream is answered ${status}`);
  });

  it.each([500, 401, 403, 404, 429])('says what is wrong where a member is refused by %i', async (status) => {
    const { context } = fullAt(2, status);
    const joining = SuiteRoom.use(context, 'broken', (room) =>
      room.joinAll(membersOf('alice', 'bob', 'carol')),
    );
    await expect(joining).rejects.toThrow(MemberRefusedError);
  });

  it('is not too small where it takes one only, or had more members before', async () => {
    const alone = SuiteRoom.use(fullAt(1, 409).context, 'alone', (room) =>
      room.joinAll(membersOf('alice', 'bob')),
    );
    await expect(alone).rejects.toThrow(MemberRefusedError);

    const kept = server((command, [stream]) =>
      command === 'add_stream' && stream!.endsWith('dave') ? 409 : 200,
    );
    const returning = SuiteRoom.use(kept.context, 'kept', async (room) => {
      const [alice] = await room.joinAll(membersOf('alice', 'bob', 'carol'));
      await room.remove(alice!);
      await room.join('dave', clip);
    });
    await expect(returning).rejects.toThrow(MemberRefusedError);
  });

  it('removes who may have been added, and is removed again at the end where the server refused', async () => {
    let isDown = true;
    const { calls, context } = server((command) => (command === 'remove_room' && isDown ? 503 : 200));
    await SuiteRoom.use(context, 'sticky', (room) => room.joinAll(membersOf('alice')));
    expect(calls).toEqual([
      'add_room m2-sticky',
      'add_stream m2-sticky-alice',
      'remove_stream m2-sticky-alice',
      'remove_room m2-sticky',
    ]);
    isDown = false;
    await context.leftovers.remove();
    expect(calls.slice(4)).toEqual(['remove_room m2-sticky']);
    await context.leftovers.remove();
    expect(calls).toHaveLength(5);
  });

  it('stays where it was there before the run, without the members of the run', async () => {
    const { calls, context } = server(() => 200);
    context.takeTurns = (_room, work) => work();
    await SuiteRoom.useExisting(context, 'lobby', (room) => room.joinAll(membersOf('alice')));
    await context.leftovers.remove();
    expect(calls).toEqual(['add_stream m2-lobby-alice', 'remove_stream m2-lobby-alice']);
  });

  it('is not looked at where calls may mean another one', async () => {
    const { context } = server(() => 200);
    const inOnlyRoom = Object.assign(context, { reading: 'only-room' });
    inOnlyRoom.api.manager = async () => ({ status: 200, json: ['lobby', 'stage'] }) as never;
    const visiting = SuiteRoom.visit(inOnlyRoom, 'lobby', async () => 'looked at');
    await expect(visiting).rejects.toThrow(NotApplicableError);
  });

  it('is listened to with its picture where that is asked for', async () => {
    const { context, listened } = server(() => 200);
    await SuiteRoom.use(context, 'heard', async (room) => {
      await room.listenToAll();
      await room.listenToAll({ picture: true });
      Object.assign(context, { trackOfAll: undefined });
      await room.listenToAll({ picture: true });
    });
    expect(listened).toEqual(['m2-heard?start_track=a1', 'm2-heard?start_track=v1a1', 'm2-heard']);
  });

  it('ends bots that come when it has been closed, since another one failed', async () => {
    const { closed, context } = server(() => 200);
    const joining = SuiteRoom.use(context, 'torn', (room) =>
      room.joinAll(membersOf('early', 'broken', 'late')),
    );
    await expect(joining).rejects.toThrow('it cannot publish');
    await expect.poll(() => closed).toEqual(['m2-torn-early', 'm2-torn-late']);
  });
});
