import { describe, expect, it, vi } from 'vitest';
import { encodeAll, moving, toRtp } from '../../media/h264/test-pictures.ts';
import { Talker } from '../audio/test-talker.ts';
import { defaultProfile } from '../profile.ts';
import { Broadcast } from './broadcast.ts';
import { FakePlaySession, FakePublishSession } from './test-sessions.ts';

/** Sends a packet every few ms until the viewer has been sent so many more frames of sound. */
async function talkUntilHeard(broadcast: Broadcast, viewer: FakePlaySession, talker: Talker) {
  const before = viewer.frames.length;
  const timer = setInterval(() => broadcast.pushAudio(talker.packet(), performance.now()), 20);
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

  it('passes the picture on as it was coded, to each viewer from a keyframe on', async () => {
    const publisher = new FakePublishSession(true);
    const broadcast = new Broadcast(0, defaultProfile.audio);
    broadcast.setPublisher(publisher);
    const accessUnits = await encodeAll(
      [0, 1, 2, 3, 4, 5].map((i) => moving({ width: 320, height: 180 }, i)),
      {
        keyframeInterval: 3,
      },
    );
    const packets = toRtp(accessUnits);
    const packetsOf = (picture: number) => packets.filter(({ timestamp }) => timestamp === picture * 3600);
    const send = (picture: number) => {
      for (const packet of packetsOf(picture)) broadcast.pushVideo(packet, 1000 + 40 * picture);
    };
    send(0);
    expect(broadcast.pictureSize).toEqual({ width: 320, height: 180 });
    const [viewer, listener] = [new FakePlaySession(true), new FakePlaySession(true)];
    const viewing = broadcast.play(viewer);
    broadcast.play(listener, { audio: 1 });
    expect(viewing.tracks()).toEqual(['v1', 'a1']);
    send(1);
    expect(publisher.keyframeRequests).toBe(1);
    expect(viewer.pictures).toEqual([]);
    for (const picture of [2, 3, 4]) send(picture);
    expect(viewer.pictures).toEqual(
      [3, 4].map((picture) => ({
        payloads: packetsOf(picture).map(({ payload }) => payload),
        timestamp90k: picture * 3600,
      })),
    );
    expect(listener.pictures).toEqual([]);
    viewing.select({ audio: 1 });
    send(5);
    expect(viewing.tracks()).toEqual(['a1']);
    expect(viewer.pictures).toHaveLength(2);
    viewing.close();
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
    // A clock that is late waits for an immediate instead of a timer.
    const clears = [vi.spyOn(globalThis, 'clearTimeout'), vi.spyOn(globalThis, 'clearImmediate')];
    last.close();
    expect(clears.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBe(1);
    for (const clear of clears) clear.mockRestore();
  });
});
