import { describe, expect, it } from 'vitest';
import { beepLevelDbfs, beepOf } from '../bots/picture-clip.ts';
import type { FoundCell } from '../picture/find-cells.ts';
import { createPicture, fillRectangle } from '../picture/i420.ts';
import { outcomeOn } from '../run/testing.ts';
import { videoChangeClauses } from './video-changes.ts';

const moments = {
  ...{ steady: 0, joining: 3000, joined: 3100, muting: 4600, muted: 4700, unmuting: 6200 },
  ...{ unmuted: 6300, leaving: 7800, left: 7900, end: 9400 },
};

const isThere = (bot: number, ms: number) =>
  bot < 3
    ? !(bot === 2 && ms >= moments.left) && !(bot === 1 && ms >= moments.muted && ms < moments.unmuted)
    : ms >= moments.joined;

interface Fault {
  /** Whether a bot is seen at a moment; undefined: as it should be. */
  readonly seen?: (bot: number, ms: number) => boolean | undefined;
  /** Which of its pictures; undefined: the newest. */
  readonly frame?: (bot: number, ms: number) => number | undefined;
}

/** Canvases of 25 a second, and the times of a server with that fault. */
function watched({ seen, frame }: Fault = {}, more: object = {}) {
  const canvases = Array.from({ length: 235 }, (_, n) => {
    const ms = 40 * n;
    const bots = [0, 1, 2, 3].filter((bot) => seen?.(bot, ms) ?? isThere(bot, ms));
    const cells = bots.map((bot) => ({ bot, frame: frame?.(bot, ms) ?? n }) as FoundCell);
    return { arrivalMs: ms, keyframe: false, cells };
  });
  return { first: { canvases }, moments, canvases: {}, latenessP95Ms: 0, latenessMostMs: 0, ...more };
}

const verdictOf = async (id: string, measured: object) =>
  (await outcomeOn(videoChangeClauses, id, measured)).verdict;

describe('who is in the picture', () => {
  it.each<[string, string, Fault, string]>([
    ['video.join.seen', 'as it should be', {}, 'pass'],
    [
      'video.join.seen',
      'within a second',
      { seen: (bot, ms) => (bot === 3 ? ms >= 4080 : undefined) },
      'pass',
    ],
    ['video.join.seen', 'later', { seen: (bot, ms) => (bot === 3 ? ms >= 4200 : undefined) }, 'fail'],
    [
      'video.join.seen',
      'without another',
      { seen: (bot, ms) => (bot === 0 && ms > 4000 ? false : undefined) },
      'fail',
    ],
    ['video.leave.gone', 'as it should be', {}, 'pass'],
    [
      'video.leave.gone',
      'gone within a second',
      { seen: (bot, ms) => (bot === 2 ? ms < 8880 : undefined) },
      'pass',
    ],
    [
      'video.leave.gone',
      'still there once',
      { seen: (bot, ms) => (bot === 2 && ms === 9000 ? true : undefined) },
      'fail',
    ],
    [
      'video.leave.gone',
      'gone with another',
      { seen: (bot, ms) => (bot === 3 && ms > 8900 ? false : undefined) },
      'fail',
    ],
    [
      'video.leave.gone',
      'muted for ever',
      { seen: (bot, ms) => (bot === 1 ? ms < moments.muted : undefined) },
      'pass',
    ],
    ['video.mute-video.covers', 'as it should be', {}, 'pass'],
    [
      'video.mute-video.covers',
      'not covered once',
      { seen: (bot, ms) => (bot === 1 && ms === 6000 ? true : undefined) },
      'fail',
    ],
    [
      'video.mute-video.covers',
      'covered with another',
      { seen: (bot, ms) => (bot === 3 && ms > 5600 ? false : undefined) },
      'fail',
    ],
  ])('%s, %s: %#', async (id, _case, fault, verdict) => {
    expect(await verdictOf(id, watched(fault))).toBe(verdict);
  });

  it.each<[string, Fault, string]>([
    ['video.leave.gone', { seen: (bot) => (bot === 2 ? true : undefined) }, 'fail'],
    ['video.leave.gone', { seen: (bot) => (bot === 0 ? false : undefined) }, 'error'],
    ['video.mute-video.covers', { seen: (bot) => (bot === 1 ? true : undefined) }, 'fail'],
    ['video.mute-video.covers', { seen: (bot) => (bot === 0 ? false : undefined) }, 'error'],
  ])(
    '%s with late bots: who is there is so on any machine, who is missing may be late',
    async (id, fault, verdict) => {
      expect(await verdictOf(id, watched(fault, { latenessMostMs: 90 }))).toBe(verdict);
    },
  );

  it('is nobody where nothing came', async () => {
    const nothing = { ...watched(), first: { canvases: [] } };
    for (const id of ['video.join.seen', 'video.leave.gone', 'video.mute-video.covers']) {
      expect(await verdictOf(id, nothing), id).toBe('fail');
    }
  });

  it('is told of a second mute_video', async () => {
    const factsOf = async (fault: Fault) =>
      (await outcomeOn(videoChangeClauses, 'video.mute-video.twice', watched(fault))).facts;
    expect(await factsOf({})).toEqual({ 'rooms.muteToggles': true });
    const covered: Fault = { seen: (bot, ms) => (bot === 1 ? ms < moments.muted : undefined) };
    expect(await factsOf(covered)).toEqual({ 'rooms.muteToggles': false });
  });
});

describe('everybody’s picture', () => {
  it.each<[string, Fault, string]>([
    ['moves', {}, 'pass'],
    [
      'stands still for less than a second',
      { frame: (bot, ms) => (bot === 1 && ms >= 1000 && ms < 1900 ? 25 : undefined) },
      'pass',
    ],
    [
      'stands still for longer',
      { frame: (bot, ms) => (bot === 1 && ms >= 1000 && ms < 2100 ? 25 : undefined) },
      'fail',
    ],
    ['stands still to the end', { frame: (bot, ms) => (bot === 1 && ms >= 1900 ? 47 : undefined) }, 'fail'],
    ['is not there', { seen: (bot) => (bot === 1 ? false : undefined) }, 'fail'],
  ])('%s: %#', async (_case, fault, verdict) => {
    expect(await verdictOf('video.everybody-moves', watched(fault))).toBe(verdict);
  });
});

describe('the picture of two viewers', () => {
  const plain = createPicture(160, 88);
  const differing = (share: number) => {
    const other = createPicture(plain.width, plain.height);
    fillRectangle(
      other,
      { x: 0, y: 0, width: plain.width * share, height: plain.height },
      { y: 200, u: 128, v: 128 },
    );
    return other;
  };
  const same = (canvasOfSecond: unknown, fault: Fault = {}) =>
    verdictOf('video.same-for-everybody', watched(fault, { canvases: { left: plain }, canvasOfSecond }));

  it('is the same but for a few pixels, and of the same size', async () => {
    expect(await same(plain)).toBe('pass');
    expect(await same(differing(0.2))).toBe('fail');
    expect(await same(createPicture(80, 44))).toBe('fail');
    expect(await same(undefined)).toBe('fail');
  });

  it('is one with somebody in it', async () => {
    expect(await same(plain, { seen: () => false })).toBe('fail');
  });
});

describe('the sound of who is muted by mute_video', () => {
  const hz = beepOf(1).frequenciesHz[0]!;
  /** As loud as sent until it is muted, and then changed by so many dB; all is softer by as many. */
  const heard = (changeDb: number, softerDb = 0) => {
    const pcm = Float32Array.from({ length: 9.4 * 48_000 }, (_, n) => {
      const level = beepLevelDbfs - softerDb + (n >= 4.65 * 48_000 ? changeDb : 0);
      return 10 ** (level / 20) * Math.sin((2 * Math.PI * hz * n) / 48_000);
    });
    const packets = Array.from({ length: 470 }, (_, n) => ({
      timestamp: n * 960,
      arrivalNs: BigInt(n) * 20_000_000n,
    }));
    const sound = { pcm, packets, offsets: packets.map(({ timestamp }) => timestamp), lostPackets: 0 };
    return verdictOf('video.mute-video.keeps-sound', watched({}, { sound }));
  };

  it.each([
    [0, 0, 'pass'],
    [-5, 0, 'pass'],
    [-7, 0, 'fail'],
    [0, 29, 'pass'],
    [0, 31, 'fail'],
  ])('changes by %i dB, and is %i dB too soft before: %s', async (changeDb, softerDb, verdict) => {
    expect(await heard(changeDb, softerDb)).toBe(verdict);
  });
});
