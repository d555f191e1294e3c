import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultProfile } from '../profile.ts';
import { type CommandOutcome, runManagerCommand, runRoomCommand } from './commands.ts';
import { RoomRegistry } from './registry.ts';

interface DocumentedCall {
  readonly id: string;
  readonly curl: string;
  readonly address: 'manager' | 'room';
}

const file = new URL('../../fixtures/calls/documented-calls.json', import.meta.url);
const calls = (JSON.parse(readFileSync(file, 'utf8')) as { calls: readonly DocumentedCall[] }).calls;

let nowMs = 0;
let registry: RoomRegistry;

beforeEach(() => {
  nowMs = 1_000_000;
  registry = new RoomRegistry({ profile: defaultProfile.rooms, now: () => nowMs });
});

/** Sends the body of a documented call, byte for byte, with the names put in. */
function call(id: string, stream = 'STREAM_NAME'): CommandOutcome {
  const { curl, address } = calls.find((one) => one.id === id)!;
  const body = /-d '([^']*)'/.exec(curl)![1]!.replace('STREAM_NAME', stream);
  const deps = { registry, profile: defaultProfile, now: () => nowMs };
  return address === 'manager' ? runManagerCommand(deps, body) : runRoomCommand(deps, 'room', body);
}

/** The same, for the answer of a call that works. */
function answer(id: string, stream?: string): unknown {
  const { status, body } = call(id, stream);
  expect(status).toBe(200);
  return body;
}

describe('the documented calls, sent as printed', () => {
  it('are ten, each with an id of its own', () => {
    expect(new Set(calls.map(({ id }) => id)).size).toBe(10);
  });

  it('make, list and delete a room', () => {
    expect(answer('manager.list-room')).toEqual([]);
    expect(answer('manager.add-room')).toEqual({ success: true });
    expect(answer('manager.list-room')).toEqual(['ROOM_NAME']);
    expect(answer('manager.remove-room')).toEqual({ success: true });
    expect(answer('manager.list-room')).toEqual([]);
  });

  it('give a room the documented default audio: 64 kbit/s, 48000 Hz, 960 samples', () => {
    answer('manager.add-room');
    expect(answer('manager.stats')).toEqual([
      {
        name: 'ROOM_NAME',
        bitrate: 64,
        samplerate: 48000,
        samples: 960,
        count: 1,
        clients: ['all'],
        uptime: 0,
      },
    ]);
  });

  it('give a room the audio that the call asks for, members and time included in the statistics', () => {
    answer('manager.add-room-with-opus');
    answer('room.add-stream', 'alice');
    nowMs += 12_900;
    expect(answer('manager.stats')).toEqual([
      {
        name: 'ROOM_NAME',
        bitrate: 64,
        samplerate: 48000,
        samples: 480,
        count: 2,
        clients: ['all', 'alice'],
        uptime: 12,
      },
    ]);
  });

  it('answer the second participant with a3, as on the page', () => {
    answer('manager.add-room');
    expect(answer('room.add-stream', 'alice')).toEqual({ track_id: 'a2' });
    expect(answer('room.add-stream', 'bob')).toEqual({ track_id: 'a3' });
    expect(answer('room.add-stream', 'bob')).toEqual({ track_id: 'a3' });
  });

  it('count four clients for three participants, "all" first', () => {
    answer('manager.add-room');
    for (const stream of ['alice', 'bob', 'carol']) answer('room.add-stream', stream);
    expect(answer('room.stat')).toEqual({ count: 4, clients: ['all', 'alice', 'bob', 'carol'] });
  });

  it('answer the number of the track when a participant leaves or is muted', () => {
    answer('manager.add-room');
    answer('room.add-stream', 'alice');
    answer('room.add-stream', 'bob');
    expect(answer('room.mute-video', 'bob')).toEqual({ track_id: 'a3' });
    expect(answer('room.mute-audio', 'bob')).toEqual({ track_id: 'a3' });
    expect(answer('room.remove-stream', 'bob')).toEqual({ track_id: 'a3' });
    expect(answer('room.stat')).toEqual({ count: 2, clients: ['all', 'alice'] });
  });

  it('mute on the server, and let be heard again at the second call', () => {
    answer('manager.add-room');
    answer('room.add-stream', 'bob');
    const muted = () => registry.room('ROOM_NAME')!.members.map((one) => [one.audioMuted, one.videoMuted]);
    answer('room.mute-audio', 'bob');
    expect(muted()).toEqual([[true, false]]);
    answer('room.mute-video', 'bob');
    expect(muted()).toEqual([[true, true]]);
    answer('room.mute-audio', 'bob');
    expect(muted()).toEqual([[false, true]]);
  });

  it('answer 404 for a participant or a room that is not there', () => {
    expect(call('manager.remove-room').status).toBe(404);
    expect(call('room.stat').status).toBe(404);
    answer('manager.add-room');
    for (const id of ['room.remove-stream', 'room.mute-audio', 'room.mute-video']) {
      expect(call(id)).toEqual({
        status: 404,
        body: { error: 'unknown-stream', detail: 'There is no stream "STREAM_NAME" in room "ROOM_NAME".' },
      });
    }
  });
});
