import { beforeEach, describe, expect, it } from 'vitest';
import { defaultProfile, type RoomsProfile } from '../profile.ts';
import { RoomRegistry } from './registry.ts';
import { RoomError } from './room-error.ts';
import type { RoomEvent } from './types.ts';

let nowMs = 0;
let registry: RoomRegistry;
let told: string[];

/** `member-added a: alice#2, bob#3` */
function describeEvent(event: RoomEvent): string {
  const members = event.room.members.map((member) => `${member.stream}#${member.trackNumber}`).join(' ');
  const who = 'member' in event ? ` ${event.member.stream}` : '';
  return `${event.type}${who} -> ${event.room.name}: ${members}`.trimEnd();
}

function start(profile: Partial<RoomsProfile> = {}): void {
  registry = new RoomRegistry({ profile: { ...defaultProfile.rooms, ...profile }, now: () => nowMs });
  told = [];
  registry.onEvent((event) => told.push(describeEvent(event)));
}

beforeEach(() => start());

function kindOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof RoomError) return error.kind;
    throw error;
  }
  return 'no error';
}

const add = (...streams: string[]) => streams.map((stream) => registry.addMember('a', stream).trackNumber);

describe('track numbers', () => {
  beforeEach(() => void registry.addRoom('a'));

  it('go up in order of joining and are not used again while the room lives', () => {
    expect(add('x', 'y', 'z')).toEqual([2, 3, 4]);
    registry.removeMember('a', 'z');
    registry.removeMember('a', 'x');
    expect(add('x', 'z')).toEqual([5, 6]);
  });

  it('start anew in a room that was removed and made again', () => {
    add('x', 'y');
    registry.removeRoom('a');
    registry.addRoom('a');
    expect(add('y')).toEqual([2]);
  });

  it('are counted for each room on its own', () => {
    add('x', 'y');
    registry.addRoom('b');
    expect(registry.addMember('b', 'y').trackNumber).toBe(2);
  });

  it('are the lowest free ones where the profile lets them be used again', () => {
    start({ reuseTrackNumbers: true });
    registry.addRoom('a');
    add('x', 'y', 'z');
    registry.removeMember('a', 'y');
    expect(add('v', 'w')).toEqual([3, 5]);
  });

  it.each([true, false])('leave out the number of everybody (reuse %s)', (reuseTrackNumbers) => {
    start({ firstMemberTrackNumber: 1, allTrackNumber: 3, reuseTrackNumbers });
    registry.addRoom('a');
    expect(add('w', 'x', 'y', 'z')).toEqual([1, 2, 4, 5]);
  });

  it('are found by name, and members by number', () => {
    add('x', 'y');
    expect(registry.trackNumberOf('a', 'all')).toBe(1);
    expect(registry.trackNumberOf('a', 'y')).toBe(3);
    expect(registry.trackNumberOf('a', 'nobody')).toBeUndefined();
    expect(registry.trackNumberOf('nowhere', 'all')).toBeUndefined();
    expect(registry.memberByTrack('a', 3)?.stream).toBe('y');
    expect(registry.memberByTrack('a', 1)).toBeUndefined();
    expect(registry.memberByTrack('nowhere', 3)).toBeUndefined();
  });

  it('come from the strategy that is handed in', () => {
    const broken = new RoomRegistry({ profile: defaultProfile.rooms, now: () => 0, trackNumbering: () => 1 });
    broken.addRoom('a');
    broken.addMember('a', 'x');
    expect(broken.addMember('a', 'y').trackNumber).toBe(1);
  });
});

describe('what may be a member', () => {
  beforeEach(() => void registry.addRoom('a'));

  it('is not the name of everybody, a room, or the room itself', () => {
    registry.addRoom('b');
    for (const stream of ['all', 'a', 'b']) {
      expect(
        kindOf(() => registry.addMember('a', stream)),
        stream,
      ).toBe('bad-value');
    }
  });

  it('is not made a room while it is a member', () => {
    registry.addMember('a', 'x');
    expect(kindOf(() => registry.addRoom('x'))).toBe('bad-value');
    registry.removeMember('a', 'x');
    expect(kindOf(() => registry.addRoom('x'))).toBe('no error');
  });

  it('is one more than the room takes, which is refused', () => {
    start({ maxMembers: 2 });
    registry.addRoom('a');
    add('x', 'y');
    expect(kindOf(() => registry.addMember('a', 'z'))).toBe('room-full');
    expect(add('y')).toEqual([3]);
    registry.removeMember('a', 'x');
    expect(add('z')).toEqual([4]);
  });

  it('may be in two rooms, muted in one', () => {
    registry.addRoom('b');
    registry.addMember('a', 'x');
    registry.addMember('b', 'x');
    registry.muteAudio('a', 'x');
    expect(registry.room('a')!.members[0]!.audioMuted).toBe(true);
    expect(registry.room('b')!.members[0]!.audioMuted).toBe(false);
  });
});

describe('settings of the profile', () => {
  it('let mute calls set instead of toggle', () => {
    start({ muteToggles: false });
    registry.addRoom('a');
    registry.addMember('a', 'x');
    registry.muteVideo('a', 'x');
    expect(registry.muteVideo('a', 'x').videoMuted).toBe(true);
    expect(registry.muteVideo('a', 'x', false).videoMuted).toBe(false);
  });

  it('let a second add_room empty the room', () => {
    start({ keepMembersOnSecondAddRoom: false });
    registry.addRoom('a');
    add('x', 'y');
    told.length = 0;
    expect(registry.addRoom('a').members).toEqual([]);
    expect(told).toEqual(['member-removed x -> a: y#3', 'member-removed y -> a:']);
  });

  it('say whether a room made by the API has a picture; the configuration says it for its own', () => {
    expect(registry.addRoom('a').disableVideo).toBe(true);
    expect(registry.addRoom('b', { disableVideo: false }).disableVideo).toBe(false);
    start({ addRoomDisablesVideo: false });
    expect(registry.addRoom('a').disableVideo).toBe(false);
  });
});

describe('events', () => {
  it('tell what changed, after it did, and nothing for what changes nothing', () => {
    registry.addRoom('a');
    registry.addRoom('a');
    registry.addRoom('a', { opus: { bitrateKbps: 32, sampleRateHz: 48000, samplesPerFrame: 960 } });
    registry.addMember('a', 'x');
    registry.addMember('a', 'x');
    registry.muteAudio('a', 'x', false);
    registry.muteAudio('a', 'x', true);
    registry.addMember('a', 'y');
    registry.removeMember('a', 'x');
    registry.addMember('a', 'z');
    registry.removeRoom('a');
    expect(told).toEqual([
      'room-added -> a:',
      'room-changed -> a:',
      'member-added x -> a: x#2',
      'member-changed x -> a: x#2',
      'member-added y -> a: x#2 y#3',
      'member-removed x -> a: y#3',
      'member-added z -> a: y#3 z#4',
      'member-removed y -> a: z#4',
      'member-removed z -> a:',
      'room-removed -> a:',
    ]);
  });

  it('are not told of a call that fails', () => {
    registry.addRoom('a');
    told.length = 0;
    const opus = { bitrateKbps: 1, sampleRateHz: 48000, samplesPerFrame: 960 };
    expect(kindOf(() => registry.addRoom('a', { opus }))).toBe('bad-value');
    expect(kindOf(() => registry.removeMember('a', 'x'))).toBe('unknown-stream');
    expect(kindOf(() => registry.addMember('b', 'x'))).toBe('unknown-room');
    expect(told).toEqual([]);
  });

  it('come to all listeners in one order, even when one of them calls the registry', () => {
    registry.onEvent((event) => {
      if (event.type === 'room-added') registry.addMember(event.room.name, 'greeter');
    });
    const heardLast: string[] = [];
    registry.onEvent((event) => heardLast.push(describeEvent(event)));
    registry.addRoom('a');
    expect(heardLast).toEqual(['room-added -> a:', 'member-added greeter -> a: greeter#2']);
    expect(told).toEqual(heardLast);
  });

  it('reach the others when a listener throws, and the caller learns of it', () => {
    start();
    registry = new RoomRegistry({ profile: defaultProfile.rooms, now: () => 0 });
    registry.onEvent(() => {
      throw new Error('broken listener');
    });
    registry.onEvent((event) => told.push(event.type));
    expect(() => registry.addRoom('a')).toThrow('broken listener');
    expect(told).toEqual(['room-added']);
    expect(() => registry.addRoom('b')).toThrow('broken listener');
    expect(told).toEqual(['room-added', 'room-added']);
  });

  it('stop with the subscription', () => {
    const heard: string[] = [];
    const unsubscribe = registry.onEvent((event) => heard.push(event.type));
    unsubscribe();
    unsubscribe();
    registry.addRoom('a');
    expect(heard).toEqual([]);
  });
});

describe('a room that was handed out', () => {
  it('is frozen, and does not change with the registry', () => {
    nowMs = 5;
    const before = registry.addRoom('a');
    registry.addMember('a', 'x');
    expect(before).toMatchObject({ createdAtMs: 5, members: [] });
    const room = registry.room('a')!;
    expect([room, room.members, room.members[0], room.opus].every((part) => Object.isFrozen(part))).toBe(
      true,
    );
  });
});
