import { expect, vi } from 'vitest';
import { ChromiumError, findChromium, howToGetChromium } from '../../scripts/find-chromium.ts';
import { levelsOf, type SentTones } from '../analysis/tone-levels.ts';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { render, toneLevelDbfs } from '../bots/signatures/render.ts';
import { type CellDefect, type ExpectedPlace, findDefects } from '../picture/defects.ts';
import { type FoundCell, findCells } from '../picture/find-cells.ts';
import { defaultCanvas, expectedGrid } from '../picture/grid.ts';
import type { I420Picture } from '../picture/i420.ts';
import { Chromium } from './chromium.ts';
import { type FakeDevices, writeFakeDevices } from './fake-devices.ts';
import type { Audience } from './instruments.ts';
import { type CameraWish, MemberPage } from './member-page.ts';
import { type PageServer, servePage } from './page-server.ts';
import { TestEmulator } from './test-emulator.ts';

export { isWithoutChromium } from '../../scripts/test-chromium.ts';

/** What each member's camera gives: enough to be read in its cell, little enough for two cores. */
export const camera = { width: 320, height: 180, fps: 15 };
const cameraWish: CameraWish = { width: camera.width, height: camera.height, frameRate: camera.fps };
/** So soft that nobody overloads anything. */
const levelDbfs = -20;
export const waiting = { timeout: 15_000, interval: 100 };

/** All that the official client itself writes to the console, none of it an error. */
const clientsOwnLines =
  /^debug: (>onnegotiationneeded|ice gather blocked for N ms: \d+|(sending N line offer|got N line answer): \d+|>iceconnectionstatechange \w+)$/;

/** An emulator, a page, and browsers whose microphones and cameras have signatures. */
export class TestStage {
  readonly emulator: TestEmulator;
  readonly #pages: PageServer;
  readonly #browsers: Chromium[] = [];
  readonly #devices: FakeDevices[] = [];

  private constructor(emulator: TestEmulator, pages: PageServer) {
    this.emulator = emulator;
    this.#pages = pages;
  }

  /**
   * @param streams the streams of the configuration, rooms among them
   * @throws ChromiumError where there is no browser, before anything is started
   */
  static async start(streams: string): Promise<TestStage> {
    if (findChromium() === undefined) throw new ChromiumError(howToGetChromium);
    const [emulator, pages] = await Promise.all([TestEmulator.start(streams), servePage()]);
    return new TestStage(emulator, pages);
  }

  /**
   * Starts a browser with the picture of a bot.
   * @param sound one period; default: the bot's tone
   */
  async launch(bot: number, sound = toneOf(bot)): Promise<Chromium> {
    const devices = await writeFakeDevices({ ...camera, bot, sound });
    this.#devices.push(devices);
    const chromium = await Chromium.launch(devices);
    this.#browsers.push(chromium);
    return chromium;
  }

  /** A tab of a browser, with the official client in it. */
  open(browser: Chromium): Promise<MemberPage> {
    return MemberPage.open(browser, this.#pages.url);
  }

  /** A tab that publishes what its browser's devices give; resolves when it is connected. */
  async publish(
    browser: Chromium,
    stream: string,
    wish: CameraWish | false = cameraWish,
  ): Promise<MemberPage> {
    const member = await this.open(browser);
    await member.publish(this.streamUrl(stream, 'https'), wish);
    await waitForEvent(member, 'publisher connected');
    return member;
  }

  /** What the official client is given as a stream's URL. Players take either, publishers https only. */
  streamUrl(stream: string, protocol: 'http' | 'https' = 'http'): string {
    return `${this.emulator[protocol]}/${stream}`;
  }

  /** Holds that no page did anything wrong: no errors, no line but the client's own, no request elsewhere. */
  expectCleanRecords(): void {
    const origins = [this.#pages.origin, this.emulator.http, this.emulator.https];
    for (const { record } of this.#browsers) {
      expect(record.consoleErrors).toEqual([]);
      expect(record.pageErrors).toEqual([]);
      expect(record.consoleLines.filter((line) => !clientsOwnLines.test(line))).toEqual([]);
      expect(record.requests.length).toBeGreaterThan(0);
      expect(record.requestsBeyond(origins)).toEqual([]);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#browsers.map((browser) => browser.close()));
    await Promise.all([this.emulator.close(), this.#pages.close()]);
    await Promise.all(this.#devices.map((devices) => devices.remove()));
  }
}

/** @throws Error with all events, where the one that is waited for does not come */
export function waitForEvent(member: MemberPage, event: string, times = 1): Promise<void> {
  return vi.waitFor(async () => {
    const events = await member.events();
    expect(events.filter((one) => one === event).length, events.join(', ')).toBeGreaterThanOrEqual(times);
  }, waiting);
}

function toneOf(bot: number): Float32Array {
  return render(toneSignature(bot), { seconds: 1, levelDbfs });
}

const botCount = 3;

/** What was sent by the bots 0, 1, 2. */
const sentTones: readonly SentTones[] = Array.from({ length: botCount }, (_, bot) => {
  const signature = toneSignature(bot);
  const { frequenciesHz } = signature;
  return { name: `bot ${bot}`, frequenciesHz, toneLevelDbfs: toneLevelDbfs(signature, levelDbfs) };
});

/** Level of each bot in what a tab plays, against what went into the microphones, in dB. */
export async function hearLevels(member: Audience, seconds: number): Promise<number[]> {
  return levelsOf(await member.hear(seconds), sentTones).map(({ gainDb }) => gainDb);
}

/** Waits until a tab plays exactly these bots. */
export function waitForSound(member: Audience, bots: readonly number[]): Promise<void> {
  return vi.waitFor(async () => {
    const levels = await hearLevels(member, 0.7);
    const heard = [...levels.keys()].filter((bot) => levels[bot]! > -6);
    const unheard = [...levels.keys()].filter((bot) => levels[bot]! < -40);
    expect({ heard, unheard }).toEqual({
      heard: bots,
      unheard: [...levels.keys()].filter((bot) => !bots.includes(bot)),
    });
  }, waiting);
}

/** The places of a room's members in the grid, in joining order; `undefined` for a picture without signature. */
export function gridOf(
  members: readonly (number | undefined)[],
  aspectRatios?: readonly number[],
): ExpectedPlace[] {
  const ratios = aspectRatios ?? members.map(() => camera.width / camera.height);
  return expectedGrid(defaultCanvas, ratios).flatMap(({ member, picture }) => {
    const bot = members[member];
    return bot === undefined ? [] : [{ bot, rectangle: picture }];
  });
}

/** Colours come within 4 of those sent; BT.601 taken for BT.709 makes them 13 to 19 wrong. */
const limits = { colourDistance: 9 };

/** Everything wrong with what a tab shows, against the given places. */
export function defectsOf(
  cells: readonly FoundCell[],
  places: readonly ExpectedPlace[],
): readonly CellDefect[] {
  return findDefects(cells, places, limits);
}

/**
 * Waits until a tab shows these members in these places, upright, whole, in their colours, and nobody else.
 * @param always places in which nothing may be wrong in any picture on the way
 * @returns the picture that is right
 */
export async function waitForGrid(
  member: Audience,
  places: readonly ExpectedPlace[],
  always: readonly ExpectedPlace[] = [],
): Promise<I420Picture> {
  const wrongOnTheWay: CellDefect[] = [];
  const right = await vi.waitFor(async () => {
    const picture = await member.see();
    expect(picture).toMatchObject(defaultCanvas);
    const cells = findCells(picture!);
    const others = (cell: FoundCell) => always.some(({ bot }) => bot === cell.bot);
    wrongOnTheWay.push(...defectsOf(cells.filter(others), always));
    expect(defectsOf(cells, places)).toEqual([]);
    return picture!;
  }, waiting);
  expect(wrongOnTheWay).toEqual([]);
  return right;
}
