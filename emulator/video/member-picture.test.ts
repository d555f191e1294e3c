import { describe, expect, it } from 'vitest';
import { joinAnnexB } from '../../media/h264/nal.ts';
import { toRtp } from '../../media/h264/test-pictures.ts';
import { spsOf } from '../../media/h264/test-sps.ts';
import { KeyframeSchedule } from './keyframe-schedule.ts';
import { MemberPicture } from './member-picture.ts';

const pps = Buffer.from('68ce3c80', 'hex');
const keyframe = (size = { width: 320, height: 192 }) =>
  joinAnnexB([spsOf(size), pps, Buffer.from('65888080', 'hex')]);
const delta = joinAnnexB([Buffer.from('419a2080', 'hex')]);

/** A member whose pictures come every 40 ms. */
function open() {
  const asked: number[] = [];
  const missing: number[][] = [];
  const errors: string[] = [];
  let nowMs = 0;
  let sequenceNumber = 0;
  let timestamp = 0;
  const picture = new MemberPicture({
    onKeyframeRequest: () => asked.push(nowMs),
    onMissing: (sequenceNumbers) => missing.push(sequenceNumbers),
    onError: (reason) => errors.push(reason),
  });
  picture.setLookedAt(true);
  const send = (accessUnit: Buffer, { ssrc = 1, lost = false } = {}) => {
    const packets = toRtp([accessUnit], {
      ssrc,
      firstSequenceNumber: sequenceNumber,
      firstTimestamp: timestamp,
    });
    sequenceNumber += packets.length;
    timestamp += 3600;
    if (!lost) for (const packet of packets) picture.push(packet, nowMs);
    nowMs += 40;
    picture.advance(nowMs);
  };
  const wait = (ms: number) => {
    for (let passed = 0; passed < ms; passed += 40) {
      nowMs += 40;
      picture.advance(nowMs);
    }
  };
  return { picture, asked, missing, errors, send, wait, ageMs: () => picture.pictureAgeMs(nowMs) };
}

describe('MemberPicture', () => {
  it('has no picture before the first keyframe, and asks for one when something else comes', () => {
    const { picture, asked, send, ageMs } = open();
    picture.advance(1000);
    expect(asked).toEqual([]);
    send(delta);
    expect(asked).toHaveLength(1);
    expect(ageMs()).toBeUndefined();
    expect(picture.take()).toEqual([]);
    send(keyframe());
    send(delta);
    expect(picture.take().map((one) => one.keyframe)).toEqual([true, false]);
    expect(picture.size).toEqual({ width: 320, height: 192 });
    expect(ageMs()).toBe(40);
  });

  it('asks at most every 500 ms, and not one who sends nothing', () => {
    const { asked, send, wait } = open();
    for (let i = 0; i < 50; i += 1) send(delta);
    expect(asked.map((ms, i) => ms - (asked[i - 1] ?? ms)).slice(1)).toEqual([520, 520, 520]);
    wait(900);
    const before = asked.length;
    wait(5000);
    expect(asked).toHaveLength(before);
  });

  it('asks again for what is lost, then for a keyframe, and keeps the last picture for a while', () => {
    const { picture, asked, missing, send, wait, ageMs } = open();
    send(keyframe());
    send(delta, { lost: true });
    send(delta);
    expect(missing[0]).toHaveLength(1);
    wait(200);
    expect(asked).toHaveLength(1);
    expect(picture.stats).toMatchObject({ packetsLost: 1, keyframeRequests: 1 });
    expect(picture.take()).toHaveLength(1);
    send(delta);
    expect(picture.take()).toEqual([]);
    expect(ageMs()).toBeGreaterThan(200);
    send(keyframe());
    expect(picture.take()).toHaveLength(1);
    expect(ageMs()).toBe(40);
  });

  it('begins anew after a decoder’s error, rests for a while, and asks', () => {
    const { picture, asked, errors, send, wait } = open();
    send(keyframe());
    picture.failed('undecodable H.264 (-1)');
    expect(errors).toEqual(['undecodable H.264 (-1)']);
    send(keyframe());
    expect(picture.take()).toEqual([]);
    expect(asked).toEqual([]);
    send(delta);
    wait(250);
    expect(asked).toHaveLength(1);
    send(keyframe());
    expect(picture.take()).toHaveLength(1);
  });

  it('never hands out an 8K picture: only this member is blanked', () => {
    const { picture, errors, send, wait, ageMs } = open();
    send(keyframe());
    picture.take();
    send(keyframe({ width: 7680, height: 4320 }));
    expect(errors[0]).toContain('7680x4320');
    expect(picture.take()).toEqual([]);
    expect(ageMs()).toBeUndefined();
    wait(300);
    send(keyframe());
    expect(picture.take()).toHaveLength(1);
  });

  it('follows a change of size', () => {
    const { picture, send } = open();
    send(keyframe());
    send(keyframe({ width: 640, height: 368 }));
    expect(picture.size).toEqual({ width: 640, height: 368 });
  });

  it('keeps the newest pictures from a keyframe on while nobody looks, and asks for nothing', () => {
    const { picture, asked, missing, send } = open();
    picture.setLookedAt(false);
    send(keyframe());
    for (let i = 0; i < 10; i += 1) send(delta);
    send(keyframe());
    for (let i = 0; i < 5; i += 1) send(delta);
    expect(picture.take()).toHaveLength(6);
    send(delta, { lost: true });
    for (let i = 0; i < 40; i += 1) send(delta);
    expect([asked, missing]).toEqual([[], []]);
  });

  it('gives up what is too much to catch up on, and asks for a keyframe when somebody looks', () => {
    const { picture, asked, send, ageMs } = open();
    picture.setLookedAt(false);
    send(keyframe());
    for (let i = 0; i < 100; i += 1) send(delta);
    expect(picture.take()).toEqual([]);
    expect(ageMs(), 'a picture of long ago is not shown').toBeUndefined();
    picture.setLookedAt(true);
    send(delta);
    expect(asked).toHaveLength(1);
  });

  it('begins anew with another publisher', () => {
    const { picture, asked, send, ageMs } = open();
    send(keyframe());
    picture.restart();
    expect(ageMs()).toBeUndefined();
    send(keyframe(), { ssrc: 1 });
    expect(picture.take()).toHaveLength(1);
    expect(asked).toEqual([]);
  });
});

describe('MemberPicture', () => {
  it('takes parameter sets from SDP for keyframes that bring none', () => {
    const { picture, send } = open();
    picture.addParameterSets([spsOf({ width: 320, height: 192 }), pps]);
    send(joinAnnexB([Buffer.from('65888080', 'hex')]));
    expect(picture.take()).toHaveLength(1);
    expect(picture.size).toEqual({ width: 320, height: 192 });
  });
});

describe('KeyframeSchedule', () => {
  it('makes one keyframe for all who ask within 200 ms, and one every 2 s', () => {
    const schedule = new KeyframeSchedule();
    const made: number[] = [];
    for (let nowMs = 0; nowMs <= 5000; nowMs += 40) {
      if (nowMs >= 400 && nowMs <= 560) schedule.request();
      if (!schedule.isDue(nowMs, nowMs === 640)) continue;
      schedule.made(nowMs);
      made.push(nowMs);
    }
    expect(made).toEqual([0, 400, 600, 640, 2640, 4640]);
  });
});
