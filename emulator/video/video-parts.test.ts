import { afterEach, describe, expect, it } from 'vitest';
import { black, blue, green, red, seen, TestMember, TestRoom, TestViewer, yellow } from './test-room.ts';
import { gridOfEverybody, type VideoParts } from './video-parts.ts';

const open: { close(): void | Promise<void> }[] = [];

async function roomWith(parts: Partial<VideoParts>) {
  const room = new TestRoom({ parts: { ...gridOfEverybody, ...parts } });
  const members = [
    new TestMember('anna', red),
    new TestMember('bruce', green),
    new TestMember('carol', blue),
    new TestMember('dave', yellow),
  ];
  room.join(...members);
  const viewer = new TestViewer(room.room);
  open.push(room, viewer);
  await room.run(2);
  const cells = () =>
    [
      [20, 20],
      [300, 20],
      [20, 160],
      [300, 160],
    ].map(([x, y]) => seen(viewer.picture, x!, y!));
  return { room, members, viewer, cells };
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('broken parts', () => {
  it('exchange rows and columns', async () => {
    const transposed = (count: number, rules: Parameters<VideoParts['grid']>[1]) => {
      const cells = gridOfEverybody.grid(count, rules);
      const columns = Math.ceil(Math.sqrt(count));
      return cells.map((_, i) => cells[(i % columns) * columns + Math.floor(i / columns)]!);
    };
    const { cells } = await roomWith({ grid: transposed });
    expect(cells()).toEqual(['red', 'blue', 'green', 'yellow']);
  });

  it('stretch a picture', async () => {
    const { room, members, viewer } = await roomWith({
      fit: (cell, picture) => gridOfEverybody.fit(cell, picture, 'stretch'),
    });
    members[0]!.resize({ width: 90, height: 180 });
    await room.run(2);
    expect(seen(viewer.picture, 10, 20)).toBe('red');
  });

  it('exchange U and V', async () => {
    const { viewer, cells } = await roomWith({ chromaOrder: 'vu' });
    expect(cells()[0]).toBe('81,220,90');
    expect(viewer.frames).toHaveLength(2);
  });

  it('mirror pictures, in their cells only', async () => {
    const { room, members, viewer, cells } = await roomWith({ orientation: 'mirrored' });
    for (const member of members) member.right = black;
    await room.run(3);
    expect(cells()).toEqual(['black', 'green', 'black', 'yellow']);
    const across = [20, 140, 180, 300].map((x) => seen(viewer.picture, x, 20));
    expect(across).toEqual(['black', 'red', 'black', 'green']);
  });

  it('freeze a cell', async () => {
    const { room, members, cells } = await roomWith({ refreshes: ({ index }) => index !== 1 });
    for (const member of members) member.colour = yellow;
    await room.run(10);
    expect(cells()).toEqual(['yellow', 'green', 'yellow', 'yellow']);
  });

  it('leave a cell after its member', async () => {
    const { room, cells } = await roomWith({ removesLeavers: false });
    room.room.removeMember('anna');
    await room.run(2);
    expect(cells()).toEqual(['red', 'green', 'blue', 'yellow']);
  });

  it('mute by a frozen picture', async () => {
    const { room, members, cells } = await roomWith({
      showsPicture: ({ pictureAgeMs, videoMuted }) => videoMuted || pictureAgeMs !== undefined,
    });
    room.room.setVideoMuted('anna', true);
    members[0]!.colour = blue;
    await room.run(120);
    expect(cells()[0]).toBe('red');
  });
});
