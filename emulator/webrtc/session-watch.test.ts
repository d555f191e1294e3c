import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionWatch } from './session-watch.ts';
import type { SessionEnd } from './types.ts';

/** A watch with the limits 1000 (connect), 600 (lost) and 400 (silent), whose facts a test sets. */
function setUp(silenceTimeoutMs?: number) {
  const facts: { connected?: number; heard?: number; media?: number } = {};
  const ends: SessionEnd[] = [];
  const watch = new SessionWatch({
    connectTimeoutMs: 1000,
    lostTimeoutMs: 600,
    ...(silenceTimeoutMs === undefined ? {} : { silenceTimeoutMs }),
    connectedAtMs: () => facts.connected,
    lastHeardMs: () => facts.heard,
    lastMediaMs: () => facts.media,
    onEnd: (reason) => ends.push(reason),
  });
  watch.check();
  const connect = () => {
    facts.connected = performance.now();
    watch.check();
  };
  return { facts, ends, watch, connect };
}

describe('SessionWatch', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives up a session that never connects', () => {
    const { ends } = setUp();
    vi.advanceTimersByTime(999);
    expect(ends).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(ends).toEqual(['never-connected']);
  });

  it('gives up a player that is not heard any more, and no earlier', () => {
    const { facts, ends, connect } = setUp();
    vi.advanceTimersByTime(500);
    connect();
    for (let i = 0; i < 10; i += 1) {
      vi.advanceTimersByTime(500);
      facts.heard = performance.now();
    }
    expect(ends).toEqual([]);
    vi.advanceTimersByTime(601);
    expect(ends).toEqual(['connection-lost']);
  });

  it('gives up a publisher that is there and sends nothing', () => {
    const { facts, ends, connect } = setUp(400);
    connect();
    facts.heard = performance.now() + 300;
    vi.advanceTimersByTime(401);
    expect(ends).toEqual(['silent']);
  });

  it('calls a publisher lost that is silent and not heard either', () => {
    const { facts, ends, connect } = setUp(400);
    connect();
    vi.advanceTimersByTime(100);
    facts.heard = performance.now();
    facts.media = performance.now();
    vi.advanceTimersByTime(401);
    expect(ends).toEqual(['connection-lost']);
  });

  it('lets a publisher go on that sends', () => {
    const { facts, ends, connect } = setUp(400);
    connect();
    for (let i = 0; i < 20; i += 1) {
      vi.advanceTimersByTime(300);
      facts.heard = performance.now();
      facts.media = performance.now();
    }
    expect(ends).toEqual([]);
  });

  it('is quiet once it is stopped', () => {
    const { ends, watch } = setUp();
    watch.stop();
    watch.stop();
    vi.advanceTimersByTime(5000);
    expect(ends).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
