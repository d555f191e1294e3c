import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultProfile } from '../profile.ts';
import { runManagerCommand, runRoomCommand } from './commands.ts';
import { RoomRegistry } from './registry.ts';

/** What the documentation promises, in the plainest form: for each room its members, and how many ever came. */
type Model = Map<string, { members: { name: string; track: number; muted: boolean }[]; joins: number }>;

interface Real {
  readonly registry: RoomRegistry;
  manager(command: string, ...args: string[]): { status: number; body: unknown };
  room(path: string, command: string, ...args: string[]): { status: number; body: unknown };
}

type Step = fc.Command<Model, Real>;

/** A step that may always run; afterwards everything that can be seen must be as the model says. */
function step(text: string, run: (model: Model, real: Real) => void): Step {
  return {
    check: () => true,
    toString: () => text,
    run(model, real) {
      run(model, real);
      compare(model, real);
    },
  };
}

function compare(model: Model, real: Real): void {
  expect(real.manager('list_room').body).toEqual([...model.keys()]);
  for (const [name, { members }] of model) {
    const clients = ['all', ...members.map((member) => member.name)];
    expect(real.room(name, 'stat').body).toEqual({ count: members.length + 1, clients });
    const seen = real.registry.room(name)!.members.map((member) => ({
      name: member.stream,
      track: member.trackNumber,
      muted: member.audioMuted,
    }));
    expect(seen).toEqual(members);
    for (const { name: stream, track } of members) {
      expect(real.registry.memberByTrack(name, track)!.stream).toBe(stream);
    }
  }
}

const roomName = fc.constantFrom('r1', 'r2', 'room/3');
const streamName = fc.constantFrom('alice', 'bob', 'carol', 'dave/cam');

const addRoom = roomName.map((name) =>
  step(`add_room ${name}`, (model, real) => {
    expect(real.manager('add_room', name).status).toBe(200);
    if (!model.has(name)) model.set(name, { members: [], joins: 0 });
  }),
);

const removeRoom = roomName.map((name) =>
  step(`remove_room ${name}`, (model, real) => {
    expect(real.manager('remove_room', name).status).toBe(model.delete(name) ? 200 : 404);
  }),
);

const addStream = fc.tuple(roomName, streamName).map(([name, stream]) =>
  step(`add_stream ${name} ${stream}`, (model, real) => {
    const { status, body } = real.room(name, 'add_stream', stream);
    const room = model.get(name);
    if (room === undefined) return expect(status).toBe(404);
    let member = room.members.find((one) => one.name === stream);
    if (member === undefined) {
      member = { name: stream, track: 2 + room.joins, muted: false };
      room.members.push(member);
      room.joins += 1;
    }
    expect(body).toEqual({ track_id: `a${member.track}` });
  }),
);

const removeStream = fc.tuple(roomName, streamName).map(([name, stream]) =>
  step(`remove_stream ${name} ${stream}`, (model, real) => {
    const { status, body } = real.room(name, 'remove_stream', stream);
    const room = model.get(name);
    const member = room?.members.find((one) => one.name === stream);
    if (room === undefined || member === undefined) return expect(status).toBe(404);
    room.members = room.members.filter((one) => one !== member);
    expect(body).toEqual({ track_id: `a${member.track}` });
  }),
);

const muteAudio = fc.tuple(roomName, streamName).map(([name, stream]) =>
  step(`mute-audio ${name} ${stream}`, (model, real) => {
    const { status, body } = real.room(name, 'mute-audio', stream);
    const member = model.get(name)?.members.find((one) => one.name === stream);
    if (member === undefined) return expect(status).toBe(404);
    member.muted = !member.muted;
    expect(body).toEqual({ track_id: `a${member.track}` });
  }),
);

/** Calls that must change nothing. */
const refused = fc
  .constantFrom<[string, ...string[]]>(
    ['add_room', 'r1', '64', '4800', '480'],
    ['add_room', '../r1'],
    ['add_room'],
    ['remove_room', 'unknown'],
    ['no_such_command', 'r1'],
  )
  .map(([command, ...args]) =>
    step(`refused ${command} ${args}`, (_model, real) => {
      expect(real.manager(command, ...args).status).toBeGreaterThanOrEqual(400);
    }),
  );

const refusedByRoom = fc
  .tuple(
    roomName,
    fc.constantFrom<[string, ...string[]]>(
      ['add_stream', 'all'],
      ['add_stream', ''],
      ['add_stream'],
      ['remove_stream', 'unknown'],
      ['mute-audio', 'alice', 'perhaps'],
      ['mute_video', 'unknown', 'true'],
    ),
  )
  .map(([name, [command, ...args]]) =>
    step(`refused ${name} ${command} ${args}`, (_model, real) => {
      expect(real.room(name, command, ...args).status).toBeGreaterThanOrEqual(400);
    }),
  );

it('rooms behave as the model does, whatever the sequence of calls', () => {
  const steps = [addRoom, addStream, removeStream, muteAudio, removeRoom, refused, refusedByRoom];
  fc.assert(
    fc.property(fc.commands(steps, { maxCommands: 60, size: 'max' }), (commands) => {
      const registry = new RoomRegistry({ profile: defaultProfile.rooms, now: () => 0 });
      const deps = { registry, profile: defaultProfile, now: () => 0 };
      const real: Real = {
        registry,
        manager: (command, ...args) => runManagerCommand(deps, JSON.stringify({ command, args })),
        room: (path, command, ...args) => runRoomCommand(deps, path, JSON.stringify({ command, args })),
      };
      fc.modelRun(() => ({ model: new Map() as Model, real }), commands);
    }),
    { numRuns: 200 },
  );
});
