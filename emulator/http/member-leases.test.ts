import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeServices, fakeOffer } from './fake-services.ts';
import { MemberLeases } from './member-leases.ts';

const client = { remoteAddress: '127.0.0.1', userAgent: 'test' };

function setUp() {
  const services = new FakeServices({ alice: undefined, bob: undefined });
  services.registry.addRoom('lobby');
  services.registry.addMember('lobby', 'alice');
  const leases = new MemberLeases(services, { graceMs: 1000, checkMs: 100 });
  const members = () => services.registry.room('lobby')?.members.map(({ stream }) => stream);
  return { services, leases, members };
}

/** @throws Error where the member cannot be held */
function hold(leases: MemberLeases, key = 'key'): () => void {
  const release = leases.hold('lobby', 'alice', key);
  if (typeof release === 'string') throw new Error(release);
  return release;
}

describe('a lease of a member', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('takes the member out some time after it is let go', () => {
    const { leases, members } = setUp();
    const release = hold(leases);
    vi.advanceTimersByTime(100_000);
    expect(members()).toEqual(['alice']);
    release();
    release();
    vi.advanceTimersByTime(999);
    expect(members()).toEqual(['alice']);
    vi.advanceTimersByTime(1);
    expect(members()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stays where the page comes back in time, even before the old connection has broken', () => {
    const { leases, members } = setUp();
    const first = hold(leases);
    const second = hold(leases);
    first();
    vi.advanceTimersByTime(5000);
    second();
    vi.advanceTimersByTime(500);
    const third = hold(leases);
    vi.advanceTimersByTime(5000);
    expect(members()).toEqual(['alice']);
    third();
    vi.advanceTimersByTime(1000);
    expect(members()).toEqual([]);
  });

  it('waits for the publisher to end', async () => {
    const { services, leases, members } = setUp();
    const session = await services.publish('alice', fakeOffer, undefined, client);
    hold(leases)();
    vi.advanceTimersByTime(10_000);
    expect(members()).toEqual(['alice']);
    await session.close('connection-lost');
    vi.advanceTimersByTime(100);
    expect(members()).toEqual([]);
  });

  it('leaves alone who publishes for much longer: that is somebody else', async () => {
    const { services, leases, members } = setUp();
    await services.publish('alice', fakeOffer, undefined, client);
    hold(leases)();
    vi.advanceTimersByTime(70_000);
    expect(members()).toEqual(['alice']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is given to one page only, until that has gone for good', () => {
    const { leases, services } = setUp();
    const release = hold(leases, 'one');
    expect(leases.hold('lobby', 'alice', 'other')).toBe('taken');
    release();
    expect(leases.hold('lobby', 'alice', 'other')).toBe('taken');
    vi.advanceTimersByTime(1000);
    expect(leases.hold('lobby', 'alice', 'other')).toBe('unknown');
    services.registry.addMember('lobby', 'alice');
    expect(leases.hold('lobby', 'alice', 'other')).toBeTypeOf('function');
  });

  it.each([
    ['nowhere', 'alice'],
    ['lobby', 'bob'],
    ['', ''],
    ['__proto__', 'constructor'],
  ])('is not given for room %j and stream %j', (room, stream) => {
    const { leases } = setUp();
    expect(leases.hold(room, stream, 'key')).toBe('unknown');
  });

  it('has nothing to say about who came later under the same name', () => {
    const { services, leases, members } = setUp();
    const release = hold(leases);
    services.registry.removeMember('lobby', 'alice');
    services.registry.addMember('lobby', 'alice');
    release();
    vi.advanceTimersByTime(5000);
    expect(members()).toEqual(['alice']);
  });

  it('is free as soon as the member has gone, though the next one has the same track number', () => {
    const { services, leases, members } = setUp();
    const release = hold(leases, 'one');
    services.registry.removeRoom('lobby');
    services.registry.addRoom('lobby');
    services.registry.addMember('lobby', 'alice');
    const releaseOther = hold(leases, 'other');
    release();
    vi.advanceTimersByTime(5000);
    expect(members()).toEqual(['alice']);
    releaseOther();
    vi.advanceTimersByTime(1000);
    expect(members()).toEqual([]);
  });

  it('bears that the room goes, and that it is closed', () => {
    const { services, leases } = setUp();
    const release = hold(leases);
    services.registry.removeRoom('lobby');
    release();
    vi.advanceTimersByTime(2000);
    leases.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
