import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultProfile, type Profile } from '../profile.ts';
import { parseProfile } from '../profile-file.ts';
import { defaultCommandTable } from './command-table.ts';
import { type CommandDeps, type CommandOutcome, runManagerCommand, runRoomCommand } from './commands.ts';
import { RoomRegistry } from './registry.ts';

let deps: CommandDeps;

function use(profile: Profile): void {
  const registry = new RoomRegistry({ profile: profile.rooms, now: () => 0 });
  deps = { registry, profile, now: () => 0 };
}

beforeEach(() => use(defaultProfile));

function manager(command: string, ...args: unknown[]): CommandOutcome {
  return runManagerCommand(deps, JSON.stringify({ command, args }));
}

function room(path: string, command: string, ...args: unknown[]): CommandOutcome {
  return runRoomCommand(deps, path, JSON.stringify({ command, args }));
}

/** Status and kind of an error, which must come with a sentence. */
function error({ status, body }: CommandOutcome): readonly [number, string] {
  const { error, detail } = body as { error: string; detail: string };
  expect(detail).toMatch(/^\S.*\.$/s);
  return [status, error];
}

describe('the address of a room', () => {
  it('is its name, slashes and all', () => {
    manager('add_room', 'school/room 1');
    manager('add_room', 'other');
    expect(room('school/room 1', 'add_stream', 'alice').body).toEqual({ track_id: 'a2' });
    expect(room('school/room 1/', 'stat').body).toEqual({ count: 2, clients: ['all', 'alice'] });
    expect(room('other', 'stat').body).toEqual({ count: 1, clients: ['all'] });
  });

  it('may be the word "room" where there is only one', () => {
    manager('add_room', 'lobby');
    expect(room('room', 'stat').status).toBe(200);
  });

  it('is the room called "room" where there is one, however many others there are', () => {
    manager('add_room', 'lobby');
    manager('add_room', 'room');
    room('room', 'add_stream', 'alice');
    expect(deps.registry.room('room')!.members).toHaveLength(1);
    expect(deps.registry.room('lobby')!.members).toHaveLength(0);
  });

  it('is refused with the URL to use where "room" could mean several', () => {
    manager('add_room', 'a#b/c');
    manager('add_room', 'd');
    const outcome = room('room', 'add_stream', 'alice');
    expect(error(outcome)).toEqual([400, 'ambiguous-room']);
    expect(outcome.body).toHaveProperty('detail', expect.stringContaining('dynamic_mosaic/a%23b/c'));
  });

  it('is refused with the way to make one where there is none', () => {
    const outcome = room('room', 'stat');
    expect(error(outcome)).toEqual([404, 'unknown-room']);
    expect(outcome.body).toHaveProperty('detail', expect.stringContaining('add_room'));
    expect(error(room('lobby', 'stat'))).toEqual([404, 'unknown-room']);
  });
});

describe('add_room', () => {
  it('takes numbers as well as strings, and 64k', () => {
    manager('add_room', 'a', 32, 16000, 320);
    manager('add_room', 'b', '32k', '16000', '320');
    const opus = { bitrateKbps: 32, sampleRateHz: 16000, samplesPerFrame: 320 };
    expect(deps.registry.rooms().map((one) => one.opus)).toEqual([opus, opus]);
  });

  it('applies new parameters to a room and keeps its members and their tracks', () => {
    manager('add_room', 'a');
    room('a', 'add_stream', 'alice');
    expect(manager('add_room', 'a', '32', '48000', '480').body).toEqual({ success: true });
    expect(room('a', 'add_stream', 'alice').body).toEqual({ track_id: 'a2' });
    expect(deps.registry.room('a')!.opus.samplesPerFrame).toBe(480);
  });

  it('leaves the parameters of a configured room where the call names none', () => {
    const opus = { bitrateKbps: 128, sampleRateHz: 48000, samplesPerFrame: 960 };
    deps.registry.addRoom('a', { opus, configured: true });
    manager('add_room', 'a');
    expect(deps.registry.room('a')).toMatchObject({ opus, configured: true });
  });

  it.each([
    ['the sample rate that the prose of the documentation names', ['64', '4800', '480']],
    ['a frame of 7 ms', ['64', '48000', '336']],
    ['a bit rate below what Opus knows', ['5', '48000', '960']],
    ['a fraction', [64.5, 48000, 960]],
    ['a word', ['fast', '48000', '960']],
    ['nothing', ['', '48000', '960']],
    ['null', [null, '48000', '960']],
    ['a negative text', ['-64', '48000', '960']],
    ['a list', [[64], '48000', '960']],
  ])('refuses %s', (_what, parameters) => {
    expect(error(manager('add_room', 'a', ...parameters))).toEqual([400, 'bad-value']);
    expect(deps.registry.rooms()).toEqual([]);
  });

  it.each([
    '',
    '/a',
    'a/',
    '../a',
    'a/../b',
    'a/..',
    '.',
    'a\nb',
    'a\u0000',
    'a\u0085',
    '\ud800',
    'x'.repeat(256),
    null,
    7,
    ['a'],
  ])('refuses the name %j', (name) => {
    expect(error(manager('add_room', name))).toEqual([400, 'bad-value']);
    expect(deps.registry.rooms()).toEqual([]);
  });

  it.each(['"><script>', "it's", 'a/b/c', 'zimmer ü 日本 🎤', '..a', '__proto__', 'x'.repeat(255)])(
    'takes the name %j as it is',
    (name) => {
      expect(manager('add_room', name).status).toBe(200);
      expect(manager('list_room').body).toEqual([name]);
      expect(room(name, 'stat').body).toEqual({ count: 1, clients: ['all'] });
    },
  );
});

describe('the mute calls', () => {
  beforeEach(() => {
    manager('add_room', 'a');
    room('a', 'add_stream', 'alice');
  });

  it.each(['mute-audio', 'mute_audio', 'mute-video', 'mute_video'])(
    '%s takes a state as an extension',
    (command) => {
      const muted = () => {
        const { audioMuted, videoMuted } = deps.registry.room('a')!.members[0]!;
        return [audioMuted, videoMuted];
      };
      const expected = command.includes('audio') ? [true, false] : [false, true];
      for (const state of ['true', 'true', true]) {
        expect(room('a', command, 'alice', state).body).toEqual({ track_id: 'a2' });
        expect(muted()).toEqual(expected);
      }
      for (const state of ['false', false]) {
        room('a', command, 'alice', state);
        expect(muted()).toEqual([false, false]);
      }
      expect(error(room('a', command, 'alice', 'maybe'))).toEqual([400, 'bad-value']);
    },
  );
});

describe('a call that cannot be understood', () => {
  it.each([
    ['nothing', ''],
    ['half of an object', '{"command":'],
    ['a form', 'command=add_room&args=a'],
    ['a list', '["add_room","a"]'],
    ['null', 'null'],
  ])('is malformed JSON when it is %s', (_what, body) => {
    expect(error(runManagerCommand(deps, body))).toEqual([400, 'malformed-json']);
    expect(error(runRoomCommand(deps, 'a', body))).toEqual([400, 'malformed-json']);
  });

  it('has a bad value when command or args are something else', () => {
    for (const body of [
      '{}',
      '{"command":7}',
      '{"command":"stats","args":{}}',
      '{"command":"stats","args":null}',
    ]) {
      expect(error(runManagerCommand(deps, body))).toEqual([400, 'bad-value']);
    }
  });

  it('may leave out args where there are none', () => {
    expect(runManagerCommand(deps, '{"command":"list_room"}')).toEqual({ status: 200, body: [] });
  });

  it.each(['', 'list_rooms', 'constructor', '__proto__', 'toString'])(
    'has an unknown command %j',
    (command) => {
      expect(error(manager(command))).toEqual([400, 'unknown-command']);
      expect(error(room('room', command))).toEqual([400, 'unknown-command']);
    },
  );

  it('is sent to the address that has the command', () => {
    expect(manager('stat').body).toHaveProperty('detail', expect.stringContaining('a command of a room'));
    expect(room('room', 'stats').body).toHaveProperty(
      'detail',
      expect.stringContaining('a command of the manager'),
    );
  });

  it.each([
    ['add_room', []],
    ['add_room', ['a', '64']],
    ['add_room', ['a', '64', '48000', '960', 'x']],
    ['remove_room', []],
    ['list_room', ['a']],
    ['stats', ['a']],
  ])('has the wrong number of arguments: %s %j', (command, args) => {
    expect(error(manager(command, ...args))).toEqual([400, 'wrong-arity']);
  });

  it.each([
    ['add_stream', []],
    ['add_stream', ['a', 'b']],
    ['remove_stream', []],
    ['stat', ['a']],
    ['mute-audio', []],
    ['mute_video', ['a', 'true', 'x']],
  ])('has the wrong number of arguments for a room: %s %j', (command, args) => {
    manager('add_room', 'a');
    expect(error(room('a', command, ...args))).toEqual([400, 'wrong-arity']);
  });

  it('is answered, not thrown, whatever the bytes', () => {
    manager('add_room', 'a');
    const names = fc.constantFrom(
      ...Object.keys({ ...defaultCommandTable.manager, ...defaultCommandTable.room }),
    );
    const argument = fc.oneof(fc.constantFrom('a', 'b', '', '64', 'true'), fc.jsonValue(), fc.string());
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ command: names, args: fc.array(argument, { maxLength: 5 }) })
        .map((call) => JSON.stringify(call)),
    );
    fc.assert(
      fc.property(body, fc.oneof(fc.string(), fc.constantFrom('a', 'room')), (text, path) => {
        for (const outcome of [runManagerCommand(deps, text), runRoomCommand(deps, path, text)]) {
          expect([200, 400, 404]).toContain(outcome.status);
          expect(() => JSON.stringify(outcome.body)).not.toThrow();
        }
      }),
      { numRuns: 500 },
    );
    const deep = `{"command":"add_room","args":[${'['.repeat(50_000)}${']'.repeat(50_000)}]}`;
    expect(error(runManagerCommand(deps, deep))).toEqual([400, 'bad-value']);
  });
});

describe('a profile', () => {
  it('changes answers and statuses', () => {
    const text = `{
      "answers": {"addRoom":"ok","listRoom":"rooms-object","stats":"rooms-object","addStream":"number",
        "removeStream":"string","mute":"number-object","audioTrackPrefix":"t"},
      "errors": {"status":{"unknown-room":410}},
      "rooms": {"countIncludesAll":false,"allName":"everybody","literalRoomName":"only","firstMemberTrackNumber":7}
    }`;
    use(parseProfile(text, 'p.json'));
    expect(room('only', 'stat').status).toBe(410);
    expect(manager('add_room', 'a').body).toBe('ok');
    expect(manager('list_room').body).toEqual({ rooms: ['a'] });
    expect(manager('stats').body).toEqual({ rooms: [expect.objectContaining({ name: 'a', count: 0 })] });
    expect(room('only', 'add_stream', 'alice').body).toBe(7);
    expect(room('a', 'mute-audio', 'alice').body).toEqual({ track_id: 7 });
    expect(room('a', 'stat').body).toEqual({ count: 1, clients: ['everybody', 'alice'] });
    expect(room('a', 'remove_stream', 'alice').body).toBe('t7');
  });
});

describe('a profile in which paths have no names', () => {
  const only = (...names: string[]) => {
    use(parseProfile('{"rooms":{"namesInPath":false}}', 'p.json'));
    for (const name of names) manager('add_room', name);
  };

  it('lets the literal name mean the only room, whatever it is called', () => {
    only('lobby');
    expect(room('room', 'add_stream', 'alice').body).toEqual({ track_id: 'a2' });
    expect(room('room', 'stat').body).toEqual({ count: 2, clients: ['all', 'alice'] });
  });

  it('knows no room by its name', () => {
    only('lobby');
    expect(error(room('lobby', 'stat'))).toEqual([404, 'unknown-room']);
  });

  it('has no path for one of several rooms, even where one has the literal name', () => {
    only('lobby', 'room');
    expect(error(room('room', 'stat'))).toEqual([400, 'ambiguous-room']);
    expect(room('room', 'stat').body).toMatchObject({
      detail: expect.stringMatching(/^There are 2 rooms, .*\.$/),
    });
  });
});

describe('the command table', () => {
  it('can be replaced by a broken one', () => {
    const broken = { ...defaultCommandTable, room: { stat: { usage: [''], run: () => 'broken' } } };
    manager('add_room', 'a');
    const call = '{"command":"stat"}';
    expect(runRoomCommand({ ...deps, commands: broken }, 'a', call).body).toBe('broken');
  });
});
