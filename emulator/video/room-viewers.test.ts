import { describe, expect, it, vi } from 'vitest';
import { type EncodedVideoFrame, RoomViewers } from './room-viewers.ts';

const frameOf = (keyframe: boolean): EncodedVideoFrame => ({
  accessUnit: Buffer.from([keyframe ? 1 : 0]),
  timestamp90k: 0,
  keyframe,
  capturedMs: 0,
});

describe('the viewers of a room', () => {
  it('ask for a keyframe as they come, and begin with it', () => {
    const request = vi.fn();
    const viewers = new RoomViewers(request);
    const sink = vi.fn();
    viewers.add(sink);
    expect(request).toHaveBeenCalledTimes(1);
    for (const keyframe of [false, true, false]) viewers.send(frameOf(keyframe));
    expect(sink.mock.calls.map(([{ keyframe }]) => keyframe)).toEqual([true, false]);
  });

  it('that are not ready cost no keyframe, and get none', () => {
    const request = vi.fn();
    const viewers = new RoomViewers(request);
    let ready = false;
    const sink = vi.fn();
    const viewer = viewers.add(sink, () => ready);
    expect(viewers.anyReady).toBe(false);
    viewers.send(frameOf(true));
    expect(request).not.toHaveBeenCalled();
    expect(sink).not.toHaveBeenCalled();

    ready = true;
    viewer.requestKeyframe();
    expect(viewers.anyReady).toBe(true);
    expect(request).toHaveBeenCalledTimes(1);
    viewers.send(frameOf(false));
    expect(sink).not.toHaveBeenCalled();
    viewers.send(frameOf(true));
    expect(sink).toHaveBeenCalledTimes(1);
  });

  it('ask for nothing once they have gone', () => {
    const request = vi.fn();
    const viewers = new RoomViewers(request);
    const viewer = viewers.add(() => {});
    viewer.close();
    viewer.close();
    viewer.requestKeyframe();
    expect(request).toHaveBeenCalledTimes(1);
    expect([viewers.size, viewers.anyReady]).toEqual([0, false]);
  });
});
