import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Emulator, startEmulator } from '../index.ts';
import { launchBrowser, type Visit, visit } from './test-browser.ts';

const config = `
edit_auth user pass;
stream lobby { input mosaic2:// disable_video=false; }
stream quiet { input mosaic2://; }
template any { prefix ""; input publish://; }
`;

let browser: Browser;
let emulator: Emulator;
let visits: Visit[];

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  visits = [];
  emulator = await startEmulator({ config, http: [{ address: '127.0.0.1', port: 0 }] });
});

afterEach(async () => {
  await Promise.all(visits.map(({ context }) => context.close()));
  await emulator.close();
});

async function open(path: string, options?: Parameters<typeof visit>[2]): Promise<Visit> {
  const made = await visit(browser, emulator.httpUrls[0]! + path, options);
  visits.push(made);
  return made;
}

const members = (room: string) =>
  emulator
    .rooms()
    .find(({ name }) => name === room)
    ?.members.map(({ stream }) => stream);

async function join(page: Page, room: string, name: string): Promise<void> {
  await page.getByLabel('Room', { exact: true }).selectOption(room);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
}

async function joined(room: string, name: string): Promise<Visit> {
  const made = await open('/ui/chat');
  await join(made.page, room, name);
  await made.page.getByRole('button', { name: 'Leave' }).waitFor();
  return made;
}

const waiting = { timeout: 15_000, interval: 100 };

/** What a page plays: moving sound and picture. */
async function playing(page: Page, seen: { width: number }): Promise<void> {
  await vi.waitFor(async () => {
    const { time, width } = await page.locator('#grid').evaluate((video) => {
      const { currentTime, videoWidth } = video as unknown as { currentTime: number; videoWidth: number };
      return { time: currentTime, width: videoWidth };
    });
    expect(time).toBeGreaterThan(0.5);
    expect(width).toBe(seen.width);
  }, waiting);
}

describe('the chat', () => {
  it('brings two people into a room, where each hears all but itself and sees the grid', async () => {
    const alice = await joined('lobby', 'alice');
    const bob = await joined('lobby', 'bob');
    await playing(alice.page, { width: 1280 });
    await playing(bob.page, { width: 1280 });
    expect(members('lobby')).toEqual(['alice', 'bob']);
    for (const { page } of [alice, bob]) {
      await page.locator('#people > li').nth(1).waitFor();
      expect(await page.locator('#people .name').allTextContents()).toEqual(['alice', 'bob']);
    }
    const base = emulator.httpUrls[0]!;
    const { sessions } = (await (await fetch(`${base}/ui/api/state`)).json()) as {
      sessions: { kind: string; stream: string; tracks: string[] }[];
    };
    const tracks = sessions.filter(({ kind }) => kind === 'play').map((session) => session.tracks);
    expect(tracks).toEqual([
      ['v1', 'a2'],
      ['v1', 'a3'],
    ]);
    expect([alice.troubles, bob.troubles]).toEqual([[], []]);
  });
});
