import { describe, expect, it, vi } from 'vitest';
import { Talker } from '../audio/test-talker.ts';
import { defaultProfile } from '../profile.ts';
import { Broadcast } from './broadcast.ts';
import { FakePlaySession, FakePublishSession } from './test-sessions.ts';

/** Sends a packet every few ms until the viewer has been sent so many more frames of sound. */
async function talkUntilHeard(broadcast: Broadcast, viewer: FakePlaySession, talker: Talker) {
  const before = viewer.frames.length;
  const timer = setInterval(() => broadcast.push(talker.packet(), performance.now()), 20);
  try {
    await vi.waitFor(() => {
      const heard = viewer.frames.slice(before).filter(({ payload }) => !isSilence(payload));
      expect(heard.length).toBeGreaterThan(3);
    }, 5000);
  } finally {
    clearInterval(timer);
  }
}

/** An Opus packet of digital silence at a constant bit rate is padding but for its first bytes. */
function isSilence(payload: Buffer): boolean {
  return payload.subarray(20).every((byte) => byte === 0);
}

describe('a broadcast', () => {
  it('plays its publisher to everybody who watches, as one track', async () => {
    const broadcast = new Broadcast(0, defaultProfile.audio);
    const publisher = new FakePublishSession();
    broadcast.setPublisher(publisher);
    expect(broadcast.publisher).toBe(publisher);
    const [one, other] = [new FakePlaySession(), new FakePlaySession()];
    const viewing = broadcast.play(one);
    broadcast.play(other);
    expect(viewing.tracks()).toEqual(['a1']);
    await talkUntilHeard(broadcast, one, new Talker(457));
    expect(other.frames.length).toBeGreaterThanOrEqual(one.frames.length - 1);
    expect(other.frames[0]).toBe(one.frames[0]);
    broadcast.close();
  });

  it('goes on with another publisher, and sends silence without one', async () => {
    const broadcast = new Broadcast(0, defaultProfile.audio);
    const viewer = new FakePlaySession();
    broadcast.play(viewer);
    broadcast.setPublisher(new FakePublishSession());
    await talkUntilHeard(broadcast, viewer, new Talker(457));
    broadcast.setPublisher(new FakePublishSession());
    await talkUntilHeard(broadcast, viewer, new Talker(691));
    broadcast.setPublisher(undefined);
    expect(broadcast.publisher).toBeUndefined();
    await vi.waitFor(() => expect(isSilence(viewer.frames.at(-1)!.payload)).toBe(true), 5000);
    broadcast.close();
  });

  it('sends nothing more to a viewer who has closed, and stops with the last one', async () => {
    const broadcast = new Broadcast(0, defaultProfile.audio);
    const [one, other] = [new FakePlaySession(), new FakePlaySession()];
    const viewing = broadcast.play(one);
    const last = broadcast.play(other);
    await vi.waitFor(() => expect(one.frames.length).toBeGreaterThan(0));
    viewing.close();
    viewing.close();
    const [atClose, heard] = [one.frames.length, other.frames.length];
    await vi.waitFor(() => expect(other.frames.length).toBeGreaterThan(heard));
    expect(one.frames).toHaveLength(atClose);
    const clear = vi.spyOn(globalThis, 'clearTimeout');
    last.close();
    expect(clear).toHaveBeenCalled();
    clear.mockRestore();
  });
});
