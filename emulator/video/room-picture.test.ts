import { afterEach, describe, expect, it } from 'vitest';
import type { RoomPictureOptions } from './room-picture.ts';
import {
  blue,
  green,
  red,
  seen,
  smallCanvas,
  TestMember,
  TestRoom,
  TestViewer,
  yellow,
} from './test-room.ts';

const rooms: { close(): void | Promise<void> }[] = [];

function open(options: RoomPictureOptions = {}, profile = smallCanvas): TestRoom {
  const room = new TestRoom(options, profile);
  rooms.push(room);
  return room;
}

function watch({ room }: TestRoom): TestViewer {
  const viewer = new TestViewer(room);
  rooms.push(viewer);
  return viewer;
}

/** What is seen in the corners' cells of a picture of 320x180: places that are no text of a placeholder. */
const corners = ({ picture }: TestViewer) => [
  seen(picture, 20, 20),
  seen(picture, 300, 20),
  seen(picture, 20, 160),
  seen(picture, 300, 160),
];

const everybody = () => [
  new TestMember('anna', red),
  new TestMember('bruce', green),
  new TestMember('carol', blue),
  new TestMember('dave', yellow),
];

afterEach(async () => {
  for (const one of rooms.splice(0)) await one.close();
});

describe('RoomPicture', () => {
  it('shows everybody in the order of joining, in the right colours', async () => {
    const room = open();
    room.join(...everybody());
    const viewer = watch(room);
    await room.run(3);
    expect(corners(viewer)).toEqual(['red', 'green', 'blue', 'yellow']);
    expect(viewer.keyframes).toEqual([true, false, false]);
    expect(viewer.frames.map(({ timestamp90k }) => timestamp90k)).toEqual([3600, 7200, 10800]);
    expect(room.errors).toEqual([]);
  });

  it('sends the same bytes to every viewer, and begins with a keyframe for each', async () => {
    const room = open();
    room.join(...everybody());
    const first = watch(room);
    await room.run(10);
    const second = watch(room);
    await room.run(3);
    expect(second.keyframes).toEqual([true, false, false]);
    expect(second.frames).toEqual(first.frames.slice(-3));
    expect(room.room.stats).toMatchObject({ viewers: 2, framesSent: 13, keyframes: 2 });
  });

  it('makes one keyframe for all who ask within 200 ms', async () => {
    const room = open();
    room.join(...everybody());
    const viewer = watch(room);
    await room.run(10);
    for (let i = 0; i < 5; i += 1) {
      viewer.viewer.requestKeyframe();
      await room.run(1);
    }
    await room.run(5);
    expect(viewer.keyframes.flatMap((keyframe, i) => (keyframe ? [i] : []))).toEqual([0, 10, 15]);
  });

  it('shows a new member at once, and a leaver no more from the next frame on, with a keyframe', async () => {
    const room = open();
    const members = everybody();
    room.join(...members.slice(0, 3));
    const viewer = watch(room);
    await room.run(5);
    room.join(members[3]!);
    await room.run(1);
    expect(corners(viewer)).toEqual(['red', 'green', 'blue', 'yellow']);
    expect(viewer.keyframes.at(-1)).toBe(true);
    room.room.removeMember('bruce');
    await room.run(1);
    expect(viewer.keyframes.at(-1)).toBe(true);
    const [topLeft, topRight] = corners(viewer);
    expect([topLeft, topRight, seen(viewer.picture, 100, 160)]).toEqual(['red', 'blue', 'yellow']);
    expect(seen(viewer.picture, 20, 160), 'beside the last row').toBe('black');
    room.room.removeMember('anna');
    room.room.removeMember('carol');
    room.room.removeMember('dave');
    await room.run(1);
    expect(corners(viewer)).toEqual(['black', 'black', 'black', 'black']);
  });

  it('puts a placeholder over a muted member at once, and shows the present picture afterwards', async () => {
    const room = open();
    const members = everybody();
    room.join(...members);
    const viewer = watch(room);
    await room.run(3);
    room.room.setVideoMuted('anna', true);
    await room.run(1);
    expect(corners(viewer)).toEqual(['placeholder', 'green', 'blue', 'yellow']);
    members[0]!.colour = yellow;
    await room.run(100);
    expect(corners(viewer)[0]).toBe('placeholder');
    room.room.setVideoMuted('anna', false);
    await room.run(1);
    expect(['placeholder', 'yellow'], 'never the old picture').toContain(corners(viewer)[0]);
    await room.run(15);
    expect(corners(viewer)[0]).toBe('yellow');
  });

  it('shows a placeholder before the first picture, and 2 s after the last one', async () => {
    const room = open();
    const members = everybody();
    room.join(...members);
    const viewer = watch(room);
    await room.run(1, [members[1]!]);
    expect(corners(viewer)[1]).toBe('placeholder');
    await room.run(5);
    await room.run(48, [members[1]!]);
    expect(corners(viewer)).toEqual(['red', 'green', 'blue', 'yellow']);
    await room.run(3, [members[1]!]);
    expect(corners(viewer)).toEqual(['red', 'placeholder', 'blue', 'yellow']);
    await room.run(1);
    expect(corners(viewer)[1]).toBe('green');
  });

  it('follows a change of size in mid-stream, with black bars', async () => {
    const room = open();
    const [anna, ...others] = everybody();
    room.join(anna!, ...others);
    const viewer = watch(room);
    await room.run(3);
    anna!.resize({ width: 90, height: 180 });
    await room.run(2);
    expect([seen(viewer.picture, 20, 20), seen(viewer.picture, 80, 20)]).toEqual(['black', 'red']);
    anna!.resize({ width: 320, height: 90 });
    await room.run(2);
    expect([seen(viewer.picture, 80, 8), seen(viewer.picture, 20, 45)]).toEqual(['black', 'red']);
    expect(corners(viewer).slice(1)).toEqual(['green', 'blue', 'yellow']);
  });

  it('blanks only the member who sends rubbish, says why, and recovers', async () => {
    const room = open();
    const members = everybody();
    room.join(...members);
    const viewer = watch(room);
    await room.run(3);
    for (const packet of members[1]!.packets()) {
      const payload = Buffer.from(packet.payload.map((byte, i) => (i > 1 ? byte ^ (i * 37) : byte)));
      room.room.push('bruce', { ...packet, payload }, room.nowMs);
    }
    members[1]!.requestKeyframe();
    const [first] = members[1]!.packets();
    const broken = Buffer.concat([Buffer.of(0x65), Buffer.alloc(400, 0xa5)]);
    room.room.push('bruce', { ...first!, payload: broken, marker: true }, room.nowMs);
    await room.run(2, [members[1]!]);
    expect(corners(viewer)).toEqual(['red', 'placeholder', 'blue', 'yellow']);
    expect(room.errors[0]).toMatch(/^bruce: /);
    await room.run(30);
    expect(corners(viewer)).toEqual(['red', 'green', 'blue', 'yellow']);
    expect(room.room.memberStats('bruce')!.decodeErrors).toBeGreaterThan(0);
    expect(room.room.memberStats('anna')!.decodeErrors).toBe(0);
  });

  it('asks for a keyframe after a loss, and does not show what cannot be decoded', async () => {
    const room = open();
    const members = everybody();
    room.join(...members);
    const viewer = watch(room);
    await room.run(3);
    members[2]!.packets();
    members[2]!.colour = red;
    await room.run(2);
    expect(corners(viewer)[2]).toBe('blue');
    await room.run(10);
    expect(room.keyframeRequests).toEqual(['carol']);
    expect(corners(viewer)[2]).toBe('red');
  });

  it('starts from nothing with another publisher of the same member', async () => {
    const room = open();
    const members = everybody();
    room.join(...members);
    const viewer = watch(room);
    await room.run(3);
    room.room.restartMember('dave');
    await room.run(1, [members[3]!]);
    expect(corners(viewer)[3]).toBe('placeholder');
  });

  it('does nothing while nobody watches, and shows everybody to the first viewer at once', async () => {
    const room = open();
    room.join(...everybody());
    await room.run(20);
    expect(room.room.stats.framesSent).toBe(0);
    expect(room.room.memberStats('anna')!.pictures).toBe(0);
    const viewer = watch(room);
    await room.run(1);
    expect(corners(viewer)).toEqual(['red', 'green', 'blue', 'yellow']);
    viewer.viewer.close();
    await room.run(5);
    expect(viewer.frames).toHaveLength(1);
  });

  it('asks everybody for a keyframe where there is too much to catch up on', async () => {
    const room = open();
    room.join(...everybody());
    await room.run(90);
    expect(room.keyframeRequests).toEqual([]);
    const viewer = watch(room);
    await room.run(2);
    expect(room.keyframeRequests).toEqual(['anna', 'bruce', 'carol', 'dave']);
    expect(corners(viewer)).toEqual(['red', 'green', 'blue', 'yellow']);
  });

  it('makes a JPEG of the present canvas, also where nobody watches', async () => {
    const room = open();
    room.join(...everybody());
    await room.run(2);
    const file = await room.room.snapshot(room.nowMs);
    expect(file.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(room.room.memberStats('anna')!.pictures).toBe(2);
  });

  it('draws a JPEG of the present canvas where nobody who watches can take pictures yet', async () => {
    const room = open();
    const members = everybody();
    room.join(...members);
    room.room.watch(
      () => undefined,
      () => false,
    );
    await room.run(2);
    const before = await room.room.snapshot(room.nowMs);
    expect(room.room.memberStats('anna')!.pictures).toBe(2);
    members[0]!.colour = blue;
    await room.run(10);
    const after = await room.room.snapshot(room.nowMs);
    expect(after.equals(before)).toBe(false);
  });

  it('refuses a profile that cannot be drawn', () => {
    expect(() => open({}, { ...smallCanvas, background: 'black' })).toThrow(RangeError);
  });
});
