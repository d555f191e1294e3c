import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { joinAnnexB, nalsOfAnnexB, nalType, nalTypes } from '../../media/h264/nal.ts';
import { RtpDepacketizer } from '../../media/h264/rtp-depacketizer.ts';
import { encodeAll, moving, toRtp } from '../../media/h264/test-pictures.ts';
import type { RtpVideoPacket } from '../../media/rtp-video-packet.ts';
import { BroadcastPicture } from './broadcast-picture.ts';
import { FakePlaySession, FakePublishSession } from './test-sessions.ts';

const size = { width: 320, height: 180 };

/** Six pictures; the first and the fourth are keyframes. */
let accessUnits: Buffer[];

beforeAll(async () => {
  const pictures = [0, 1, 2, 3, 4, 5].map((i) => moving(size, i));
  accessUnits = await encodeAll(pictures, { keyframeInterval: 3 });
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** A stream whose publisher sends pictures by their numbers. */
function publish(publisher: FakePublishSession, pictures: readonly Buffer[] = accessUnits) {
  const picture = new BroadcastPicture();
  picture.setPublisher(publisher);
  const packets = toRtp(pictures, { maxBytes: 400 });
  const packetsOf = (one: number) => packets.filter(({ timestamp }) => timestamp === one * 3600);
  const push = (some: readonly RtpVideoPacket[], one: number) => {
    for (const packet of some) picture.push(packet, 1000 + 40 * one);
  };
  const send = (...all: number[]) => {
    for (const one of all) push(packetsOf(one), one);
  };
  return { picture, packetsOf, push, send };
}

const timestamps = (viewer: FakePlaySession) =>
  viewer.pictures.map(({ timestamp90k }) => timestamp90k / 3600);

describe('the picture of a broadcast', () => {
  it('is not put together while nobody watches, and its size is known all the same', () => {
    const depacketize = vi.spyOn(RtpDepacketizer.prototype, 'push');
    const publisher = new FakePublishSession(true);
    const { picture, packetsOf, send } = publish(publisher);
    expect(picture.size).toBeUndefined();
    send(0, 1, 2);
    expect(picture.size).toEqual(size);
    expect(publisher.keyframeRequests).toBe(0);
    expect(depacketize).not.toHaveBeenCalled();
    const viewer = new FakePlaySession(true);
    const end = picture.play(viewer);
    send(3);
    expect(depacketize).toHaveBeenCalledTimes(packetsOf(3).length);
    expect(timestamps(viewer)).toEqual([3]);
    end();
    send(4, 5);
    expect(depacketize).toHaveBeenCalledTimes(packetsOf(3).length);
  });

  it('begins anew with a keyframe for whoever comes after a time without viewers', () => {
    const publisher = new FakePublishSession(true);
    const { picture, send } = publish(publisher);
    const [early, late] = [new FakePlaySession(true), new FakePlaySession(true)];
    const end = picture.play(early);
    send(0);
    end();
    send(1);
    picture.play(late);
    send(2);
    expect(publisher.keyframeRequests).toBe(1);
    send(3, 4);
    expect([timestamps(early), timestamps(late)]).toEqual([[0], [3, 4]]);
  });

  it('does not take the rest of a picture for a whole one', () => {
    const publisher = new FakePublishSession(true);
    const sliced = accessUnits.map((one) => {
      // The same slice once more stands for a picture of two slices.
      const nals = [...nalsOfAnnexB(one)];
      return joinAnnexB([...nals, nals.at(-1)!]);
    });
    const { picture, packetsOf, push, send } = publish(publisher, sliced);
    const packets = packetsOf(0);
    const secondSlice = packets.findLastIndex(({ payload }) => (payload[1]! & 0x80) !== 0);
    expect(secondSlice).toBeGreaterThan(2);
    push(packets.slice(0, secondSlice), 0);
    const viewer = new FakePlaySession(true);
    picture.play(viewer);
    push(packets.slice(secondSlice), 0);
    expect(viewer.pictures).toEqual([]);
    send(1, 2, 3);
    expect(timestamps(viewer)).toEqual([3]);
  });

  it.each(['in the SDP', 'with the first keyframe'])(
    'is whole where parameter sets come only %s',
    (where) => {
      const isParameterSet = (nal: Buffer) => [nalTypes.sps, nalTypes.pps].includes(nalType(nal) as 7);
      const parameterSets = [...nalsOfAnnexB(accessUnits[0]!)].filter(isParameterSet);
      const bare = accessUnits.map((one) =>
        joinAnnexB([...nalsOfAnnexB(one)].filter((nal) => !isParameterSet(nal))),
      );
      const publisher = new FakePublishSession(true);
      if (where === 'in the SDP') publisher.videoParameterSets = parameterSets;
      else bare[0] = accessUnits[0]!;
      const { picture, send } = publish(publisher, bare);
      send(0);
      expect(picture.size).toEqual(size);
      const viewer = new FakePlaySession(true);
      picture.play(viewer);
      send(3);
      expect(timestamps(viewer)).toEqual([3]);
      const sent = viewer.pictures[0]!.payloads[0]!;
      expect(parameterSets.every((set) => sent.includes(set))).toBe(true);
    },
  );
});
