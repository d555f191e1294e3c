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

  it('that were not ready for a while ask for a keyframe once, and begin anew with it', () => {
    const request = vi.fn();
    const viewers = new RoomViewers(request);
    let ready = true;
    const sink = vi.fn();
    viewers.add(sink, () => ready);
    for (const keyframe of [true, false]) viewers.send(frameOf(keyframe));
    ready = false;
    viewers.send(frameOf(false));
    expect(sink).toHaveBeenCalledTimes(2);

    ready = true;
    request.mockClear();
    for (const keyframe of [false, false]) viewers.send(frameOf(keyframe));
    expect(sink).toHaveBeenCalledTimes(2);
    expect(request).toHaveBeenCalledTimes(1);
    for (const keyframe of [true, false]) viewers.send(frameOf(keyframe));
    expect(sink.mock.calls.map(([{ keyframe }]) => keyframe)).toEqual([true, false, true, false]);
    expect(request).toHaveBeenCalledTimes(1);
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
