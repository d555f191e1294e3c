import { afterEach, describe, expect, it } from 'vitest';
import { blue, green, red, seen, TestMember, TestRoom, TestViewer, yellow } from '../test-room.ts';
import { LocalComposer } from './local-composer.ts';
import type { ComposeRequest, ComposeResult, Composer, ComposerOptions } from './messages.ts';
import { ThreadComposer } from './thread-composer.ts';

const open: { close(): void | Promise<void> }[] = [];

function roomOn(createComposer: (options: ComposerOptions) => Composer) {
  const room = new TestRoom({ createComposer });
  room.join(
    new TestMember('anna', red),
    new TestMember('bruce', green),
    new TestMember('carol', blue),
    new TestMember('dave', yellow),
  );
  const viewer = new TestViewer(room.room);
  open.push(room, viewer);
  return { room, viewer };
}

const corners = ({ picture }: TestViewer) => [
  seen(picture, 20, 20),
  seen(picture, 300, 20),
  seen(picture, 20, 160),
  seen(picture, 300, 160),
];

/** A composer that can be held up, and made to fail. */
class OddComposer extends LocalComposer {
  gate: Promise<void> = Promise.resolve();
  fails = false;
  requests = 0;

  override async compose(request: ComposeRequest): Promise<ComposeResult> {
    this.requests += 1;
    await this.gate;
    if (this.fails) throw new Error('the thread ended');
    return super.compose(request);
  }
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('ThreadComposer', () => {
  it('makes the same picture on another thread', async () => {
    const { room, viewer } = roomOn((options) => new ThreadComposer(options));
    await room.run(3);
    expect(corners(viewer)).toEqual(['red', 'green', 'blue', 'yellow']);
    expect((await room.room.snapshot(room.nowMs)).subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(room.errors).toEqual([]);
  });

  it('may be closed more than once, in the middle of a turn, and refuses further turns', async () => {
    const composer = new ThreadComposer({
      ...{ width: 320, height: 180, fps: 25, bitrateKbps: 500 },
      ...{ background: [16, 128, 128], chromaOrder: 'uv', orientation: 'upright' },
    });
    const request = {
      decode: [],
      bytes: new Uint8Array(0),
      forget: [],
      cells: [],
      encode: { keyframe: true },
    };
    const turn = composer.compose(request);
    await Promise.all([composer.close(), composer.close()]);
    expect((await turn).frame?.keyframe).toBe(true);
    await expect(composer.compose(request)).rejects.toThrow(/closed/);
  });

  it('says why it failed', async () => {
    const impossible = { width: 321, height: 180, fps: 25, bitrateKbps: 500 };
    const composer = new ThreadComposer({
      ...impossible,
      background: [16, 128, 128],
      chromaOrder: 'uv',
      orientation: 'upright',
    });
    const request = { decode: [], bytes: new Uint8Array(0), forget: [], cells: [] };
    await expect(composer.compose(request)).rejects.toThrow(/no even size/);
    await expect(composer.snapshot()).rejects.toThrow(/no even size/);
    await composer.close();
  });

  it('says that its thread ended, and starts another one for the next turn', async () => {
    const options: ComposerOptions = {
      ...{ width: 320, height: 180, fps: 25, bitrateKbps: 500 },
      ...{ background: [16, 128, 128], chromaOrder: 'uv', orientation: 'upright' },
    };
    const composer = new ThreadComposer(options, new URL('./no-such-thread.ts', import.meta.url));
    const request = { decode: [], bytes: new Uint8Array(0), forget: [], cells: [] };
    for (let i = 0; i < 2; i += 1) await expect(composer.compose(request)).rejects.toThrow(/thread failed/);
    await composer.close();
  });

  it('ends with its room even where it never did anything', async () => {
    const { room } = roomOn((options) => new ThreadComposer(options));
    await room.room.close();
    await room.room.close();
  });
});

describe('a composer that is', () => {
  it('slow makes the room leave frames out, and never pile up turns', async () => {
    let composer!: OddComposer;
    const { room, viewer } = roomOn((options) => {
      composer = new OddComposer(options);
      return composer;
    });
    await room.run(2);
    let release!: () => void;
    composer.gate = new Promise((resolve) => {
      release = resolve;
    });
    const held = room.run(1);
    for (let i = 1; i <= 20; i += 1) await room.room.tick(room.nowMs + i * 40);
    expect(composer.requests).toBe(3);
    expect(room.room.stats.framesDropped).toBe(20);
    release();
    await held;
    await room.run(2);
    expect(viewer.frames).toHaveLength(5);
    expect(corners(viewer)).toEqual(['red', 'green', 'blue', 'yellow']);
  });

  it('broken is told of, and everybody is back after keyframes', async () => {
    let composer!: OddComposer;
    const { room, viewer } = roomOn((options) => {
      composer = new OddComposer(options);
      return composer;
    });
    await room.run(3);
    composer.fails = true;
    await room.run(1);
    expect(room.errors[0]).toBe('room: the thread ended');
    composer.fails = false;
    await room.run(20);
    expect(new Set(room.keyframeRequests)).toEqual(new Set(['anna', 'bruce', 'carol', 'dave']));
    expect(corners(viewer)).toEqual(['red', 'green', 'blue', 'yellow']);
  });
});
