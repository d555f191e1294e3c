import { describe, expect, it } from 'vitest';
import { beepOf } from '../bots/picture-clip.ts';
import type { FoundCell } from '../picture/find-cells.ts';
import { outcomeOn } from '../run/testing.ts';
import { videoTimeClauses } from './video-times.ts';

const bars = {
  ...{ pictureDelayP95Ms: 250, freezeMs: 120, lipSyncMs: 80, firstPictureMs: 500, keyframeOnRequestMs: 500 },
};

/** Four seconds of canvases of 25 a second. */
function changes(
  more: object = {},
  cellsAt: (n: number) => Partial<FoundCell>[] = (n) => [{ bot: 0, frame: n % 100 }],
) {
  const canvases = Array.from({ length: 100 }, (_, n) => ({
    ...{ arrivalMs: 40 * n, keyframe: n % 50 === 0 },
    cells: cellsAt(n) as FoundCell[],
  }));
  return {
    ...{ first: { canvases }, moments: { steady: 0, end: 4000 }, latenessP95Ms: 0, latenessMostMs: 0 },
    ...{ isSaturated: false, askedMs: [], firstFramesMs: [0], firstPictureMs: 0, ...more },
  };
}

const outcomeOf = (id: string, measured: object, promised: object | undefined = bars) =>
  outcomeOn(videoTimeClauses, id, measured, promised);

describe('a keyframe that is asked for', () => {
  const asked = async (...askedMs: number[]) => outcomeOf('video.keyframe-on-request', changes({ askedMs }));

  it('comes within what is promised of the slowest answer', async () => {
    expect(await asked(1600, 1990)).toMatchObject({ verdict: 'pass' });
    expect(await asked(1990, 1400)).toMatchObject({ verdict: 'fail' });
  });

  it('is waited for to the end where none comes', async () => {
    const outcome = await asked(2100);
    expect(outcome).toMatchObject({
      verdict: 'fail',
      actual: expect.stringContaining('1900 ms, of 1 requests; after 1'),
    });
  });
});

describe('the delay of pictures', () => {
  it.each([
    ['soon', -200, 'pass'],
    ['late', -300, 'fail'],
    // Taken before the loop began anew.
    ['soon, over the seam of the loop', 3800, 'pass'],
    ['late, over the seam of the loop', 3700, 'fail'],
  ])('of which the first was taken then is seen %s', async (_case, firstFrameMs, verdict) => {
    expect(await outcomeOf('video.delay', changes({ firstFramesMs: [firstFrameMs] }))).toMatchObject({
      verdict,
    });
  });

  it('is that of the slowest member, and of those that are seen', async () => {
    const both = (n: number) => [
      { bot: 0, frame: n % 100 },
      { bot: 1, frame: n % 100 },
    ];
    const measured = changes({ firstFramesMs: [-100, -300, 0] }, both);
    expect(await outcomeOf('video.delay', measured)).toMatchObject({
      verdict: 'fail',
      actual: expect.stringMatching(/^bot 1: p50 300 ms/),
    });
    expect(
      await outcomeOf(
        'video.delay',
        changes({}, () => []),
      ),
    ).toMatchObject({ verdict: 'fail' });
  });
});

describe('sound and picture', () => {
  /** A flash each second, and a beep that comes so much later. */
  const apart = (behindMs: number) => {
    const hz = beepOf(0).frequenciesHz[0]!;
    const pcm = Float32Array.from({ length: 4 * 48_000 }, (_, n) => {
      const inSecond = (((n / 48 - behindMs - 400) % 1000) + 1000) % 1000;
      return inSecond < 100 ? 0.1 * Math.sin((2 * Math.PI * hz * n) / 48_000) : 0;
    });
    const packets = Array.from({ length: 200 }, (_, n) => ({ arrivalNs: BigInt(n) * 20_000_000n }));
    const sound = { pcm, packets, offsets: packets.map((_, n) => 960 * n), lostPackets: 0 };
    return outcomeOf(
      'video.lip-sync',
      changes({ sound }, (n) => [{ bot: 0, flash: n % 25 >= 10 && n % 25 < 13 }]),
    );
  };

  it.each([
    [0, 'pass', ''],
    [60, 'pass', 'before'],
    [-60, 'pass', 'behind'],
    [110, 'fail', 'before'],
    [-110, 'fail', 'behind'],
  ])('are together where the sound comes %i ms later: %s', async (behindMs, verdict, word) => {
    expect(await apart(behindMs)).toMatchObject({ verdict, actual: expect.stringContaining(word) });
  });

  it('are not together where there are no flashes', async () => {
    const sound = { pcm: new Float32Array(48_000), packets: [], offsets: [], lostPackets: 0 };
    expect(await outcomeOf('video.lip-sync', changes({ sound }))).toMatchObject({ verdict: 'fail' });
  });
});

describe('the longest standstill', () => {
  /** One picture stays for so many more canvases. */
  const halting = (canvases: number, more: object = {}) =>
    outcomeOf(
      'video.others-go-on',
      changes(more, (n) => [{ bot: 0, frame: n < 50 ? n : Math.max(50, n - canvases) }]),
    );

  it.each([
    [0, {}, 'pass'],
    [2, {}, 'pass'],
    [3, {}, 'fail'],
    [3, { isSaturated: true }, 'error'],
    [9, { isSaturated: true }, 'fail'],
  ])('of %i canvases more, %j, is %s', async (canvases, more, verdict) => {
    expect(await halting(canvases, more)).toMatchObject({ verdict });
  });

  it('is a fault where nothing is seen', async () => {
    const nothing = changes({}, () => []);
    expect(await outcomeOf('video.others-go-on', nothing)).toMatchObject({ verdict: 'fail' });
  });
});

it.each([
  [500, 'pass'],
  [501, 'fail'],
  [Infinity, 'fail'],
])('a first picture after %d ms is a %s', async (firstPictureMs, verdict) => {
  expect(await outcomeOf('video.first-picture', changes({ firstPictureMs }))).toMatchObject({ verdict });
});

it('records what nobody promises', async () => {
  for (const id of [
    'video.first-picture',
    'video.delay',
    'video.others-go-on',
    'video.keyframe-on-request',
  ]) {
    const measured = changes({ firstPictureMs: 9000, firstFramesMs: [-3000], askedMs: [2100] });
    const context = await outcomeOn(videoTimeClauses, id, measured);
    expect(context).toMatchObject({ verdict: 'observed' });
  }
});
