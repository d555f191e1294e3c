import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeServices } from './fake-services.ts';
import { PageUpdates, type UpdateSink } from './page-updates.ts';

/** A reader that keeps what it is sent. */
class Reader implements UpdateSink {
  isReady = true;
  isEnded = false;
  readonly events: { readonly event: string; readonly json: string }[] = [];

  send(event: string, json: string): void {
    this.events.push({ event, json });
  }

  end(): void {
    this.isEnded = true;
  }

  count(event: string): number {
    return this.events.filter((one) => one.event === event).length;
  }
}

function setUp() {
  const services = new FakeServices();
  for (const name of ['lobby', 'other']) services.registry.addRoom(name);
  services.registry.addMember('lobby', 'alice');
  const errors: unknown[] = [];
  const updates = new PageUpdates(services, { needsEditAuth: false, onError: (error) => errors.push(error) });
  return { services, updates, errors };
}

describe('updates of the pages', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('come with levels ten times a second, and the state at once and each second', () => {
    const { updates } = setUp();
    const reader = new Reader();
    updates.watch(reader);
    expect(reader.events.map(({ event }) => event)).toEqual(['state']);
    expect(JSON.parse(reader.events[0]!.json)).toMatchObject({
      roomCount: 2,
      rooms: [{ name: 'lobby', members: [{ stream: 'alice', trackId: 'a2' }] }, { name: 'other' }],
    });
    vi.advanceTimersByTime(3000);
    expect(reader.count('levels')).toBe(30);
    expect(reader.count('state')).toBeGreaterThanOrEqual(4);
    expect(reader.count('state')).toBeLessThanOrEqual(5);
    expect(JSON.parse(reader.events.at(-1)!.json)[0]).toEqual({
      name: 'lobby',
      members: [['alice', -20, 15]],
      tracks: [['a1', -23]],
    });
  });

  it('tell of a change at the next tick', () => {
    const { services, updates } = setUp();
    const reader = new Reader();
    updates.watch(reader);
    vi.advanceTimersByTime(200);
    const before = reader.count('state');
    services.registry.muteAudio('lobby', 'alice');
    vi.advanceTimersByTime(100);
    expect(reader.count('state')).toBe(before + 1);
    const state = JSON.parse(reader.events.findLast(({ event }) => event === 'state')!.json);
    expect(state.rooms[0].members[0].audioMuted).toBe(true);
  });

  it('measure nothing and need no timer unless somebody watches', () => {
    const { services, updates } = setUp();
    expect([services.openMeters, vi.getTimerCount()]).toEqual([0, 0]);
    const stops = [updates.watch(new Reader()), updates.watch(new Reader())];
    vi.advanceTimersByTime(200);
    expect([services.openMeters, vi.getTimerCount()]).toEqual([2, 1]);
    for (const stop of [...stops, ...stops]) stop();
    expect([services.openMeters, vi.getTimerCount(), updates.watcherCount]).toEqual([0, 0, 0]);
  });

  it('measure only the room that is watched, and show no other', () => {
    const { services, updates } = setUp();
    const reader = new Reader();
    updates.watch(reader, 'other');
    vi.advanceTimersByTime(100);
    expect(services.openMeters).toBe(1);
    expect(reader.events.every(({ json }) => !json.includes('lobby'))).toBe(true);
  });

  it('go on with a room that is removed and made again', () => {
    const { services, updates } = setUp();
    const reader = new Reader();
    updates.watch(reader);
    vi.advanceTimersByTime(100);
    services.registry.removeRoom('lobby');
    vi.advanceTimersByTime(100);
    expect(services.openMeters).toBe(1);
    services.registry.addRoom('lobby');
    vi.advanceTimersByTime(100);
    expect(services.openMeters).toBe(2);
    expect(JSON.parse(reader.events.at(-1)!.json)).toHaveLength(2);
  });

  it('keep nothing for who reads slowly, and make up for it with the state', () => {
    const { services, updates } = setUp();
    const [slow, quick] = [new Reader(), new Reader()];
    updates.watch(slow);
    updates.watch(quick);
    slow.isReady = false;
    vi.advanceTimersByTime(500);
    services.registry.muteAudio('lobby', 'alice');
    vi.advanceTimersByTime(500);
    expect(slow.events).toHaveLength(1);
    expect(quick.count('levels')).toBe(10);
    slow.isReady = true;
    vi.advanceTimersByTime(100);
    expect(slow.events.map(({ event }) => event)).toEqual(['state', 'state', 'levels']);
    expect(slow.events[1]!.json).toContain('"audioMuted":true');
  });

  it('end for who reads nothing for half a minute', () => {
    const { updates } = setUp();
    const reader = new Reader();
    updates.watch(reader);
    reader.isReady = false;
    vi.advanceTimersByTime(29_000);
    expect(reader.isEnded).toBe(false);
    vi.advanceTimersByTime(2000);
    expect(reader.isEnded).toBe(true);
  });

  it('end when the emulator is closed', () => {
    const { services, updates } = setUp();
    const reader = new Reader();
    updates.watch(reader);
    services.isClosing = true;
    vi.advanceTimersByTime(100);
    expect(reader.isEnded).toBe(true);
    expect([services.openMeters, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('begin later for who comes while something goes wrong', () => {
    const { services, updates, errors } = setUp();
    vi.spyOn(services, 'sessions').mockImplementationOnce(() => {
      throw new Error('no sessions');
    });
    const reader = new Reader();
    const stop = updates.watch(reader);
    expect([reader.events.length, errors.length]).toEqual([0, 1]);
    vi.advanceTimersByTime(100);
    expect(reader.count('state')).toBe(1);
    stop();
    expect([updates.watcherCount, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('survive what goes wrong, and tell of it', () => {
    const { services, updates, errors } = setUp();
    const reader = new Reader();
    updates.watch(reader);
    vi.spyOn(services, 'sessions').mockImplementation(() => {
      throw new Error('no sessions');
    });
    vi.advanceTimersByTime(1000);
    expect(errors.length).toBeGreaterThan(0);
    vi.restoreAllMocks();
    vi.advanceTimersByTime(1000);
    expect(reader.count('levels')).toBeGreaterThan(5);
  });
});
