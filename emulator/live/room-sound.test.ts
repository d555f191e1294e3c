import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OpusDecoder } from '../../media/opus.ts';
import { amplitudeOf, Talker } from '../audio/test-talker.ts';
import { defaultProfile } from '../profile.ts';
import { RoomRegistry } from '../rooms/registry.ts';
import { RoomSound } from './room-sound.ts';
import { FakePlaySession } from './test-sessions.ts';

/** A room with its sound, in which time goes on only when it is told to. */
function soundingRoom() {
  const rooms = new RoomRegistry({ profile: defaultProfile.rooms, now: () => 0 });
  const sound = new RoomSound(
    rooms.addRoom('lobby'),
    defaultProfile.rooms.allTrackNumber,
    defaultProfile.audio,
  );
  rooms.onEvent((event) => sound.apply(event));
  const talkers = new Map<string, Talker>();
  return {
    rooms,
    sound,
    join(name: string, frequencyHz: number): Talker {
      const talker = new Talker(frequencyHz);
      rooms.addMember('lobby', name);
      talkers.set(name, talker);
      return talker;
    },
    run(frames: number): void {
      for (let frame = 0; frame < frames; frame += 1) {
        vi.advanceTimersByTime(10);
        for (const [name, talker] of talkers) sound.push(name, talker.packet(), performance.now());
        vi.advanceTimersByTime(10);
      }
    },
  };
}

/** Amplitude of a talker in the newest twenty frames that a viewer was sent, relative to what was sent. */
function levelOf(talker: Talker, viewer: FakePlaySession): number {
  const decoder = new OpusDecoder();
  const pcm = viewer.frames.flatMap(({ payload }) => [...decoder.decode(payload)]);
  return amplitudeOf(talker.frequencyHz, Int16Array.from(pcm.slice(-20 * 960))) / 6000;
}

describe('the sound of a room', () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'],
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is everybody by default, and everybody but a member on that member’s track', () => {
    const { sound, join, run } = soundingRoom();
    const [alice, bob] = [join('alice', 457), join('bob', 691)];
    const [all, alices] = [new FakePlaySession(), new FakePlaySession()];
    expect(sound.play(all, undefined).tracks()).toEqual(['a1']);
    expect(sound.play(alices, 2).tracks()).toEqual(['a2']);
    run(60);
    expect(levelOf(alice, all)).toBeGreaterThan(0.9);
    expect(levelOf(bob, all)).toBeGreaterThan(0.9);
    expect(levelOf(alice, alices)).toBeLessThan(0.01);
    expect(levelOf(bob, alices)).toBeGreaterThan(0.9);
    sound.close();
  });

  it('changes to the track that is selected, and back to the default', () => {
    const { sound, join, run } = soundingRoom();
    const alice = join('alice', 457);
    const viewer = new FakePlaySession();
    const viewing = sound.play(viewer, 2);
    run(40);
    expect(levelOf(alice, viewer)).toBeLessThan(0.01);
    viewing.select({});
    expect(viewing.tracks()).toEqual(['a1']);
    run(40);
    expect(levelOf(alice, viewer)).toBeGreaterThan(0.9);
    viewing.select({ audio: 2 });
    run(40);
    expect(levelOf(alice, viewer)).toBeLessThan(0.01);
    sound.close();
  });

  it('is silence on a number that nobody has, until somebody gets it and after they are gone', () => {
    const { rooms, sound, join, run } = soundingRoom();
    const alice = join('alice', 457);
    const viewer = new FakePlaySession();
    sound.play(viewer, 3);
    run(40);
    expect(levelOf(alice, viewer)).toBeLessThan(0.01);
    rooms.addMember('lobby', 'bob');
    run(40);
    expect(levelOf(alice, viewer)).toBeGreaterThan(0.9);
    rooms.removeMember('lobby', 'bob');
    run(40);
    expect(levelOf(alice, viewer)).toBeLessThan(0.01);
    sound.close();
  });

  it('follows mutes and the room’s Opus parameters', () => {
    const { rooms, sound, join, run } = soundingRoom();
    const [alice, bob] = [join('alice', 457), join('bob', 691)];
    const viewer = new FakePlaySession();
    sound.play(viewer, undefined);
    run(40);
    rooms.muteAudio('lobby', 'alice', true);
    run(40);
    expect(levelOf(alice, viewer)).toBeLessThan(0.01);
    expect(levelOf(bob, viewer)).toBeGreaterThan(0.9);
    rooms.addRoom('lobby', { opus: { bitrateKbps: 128, sampleRateHz: 48000, samplesPerFrame: 480 } });
    run(1);
    expect(viewer.frames.at(-1)!.samplesAt48k).toBe(480);
    sound.close();
  });

  it('stops its clock with its last listener', () => {
    const { sound, join, run } = soundingRoom();
    join('alice', 457);
    const [one, other] = [new FakePlaySession(), new FakePlaySession()];
    const viewings = [sound.play(one, undefined), sound.play(other, undefined)];
    run(10);
    viewings[0]!.close();
    run(10);
    expect(other.frames.length).toBeGreaterThan(one.frames.length);
    viewings[1]!.close();
    expect(vi.getTimerCount()).toBe(0);
    sound.close();
  });
});
