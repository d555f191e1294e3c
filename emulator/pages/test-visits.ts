import type { Page } from 'playwright-core';
import { vi } from 'vitest';
import type { Emulator } from '../index.ts';

export const waiting = { timeout: 20_000, interval: 100 };

/** One room with a picture, one of sound alone, and any name may be published. */
export const config = `
edit_auth user pass;
stream lobby { input mosaic2:// disable_video=false; }
stream quiet { input mosaic2:// bitrate=24 samplerate=16000 samples=320; }
template any { prefix ""; input publish://; }
`;

/** Names of those who are in a room. */
export function membersOf(emulator: Emulator, room: string): string[] {
  const members = emulator.rooms().find(({ name }) => name === room)?.members ?? [];
  return members.map(({ stream }) => stream);
}

/** Sessions as the emulator lists them to its pages. */
export async function sessionsOf(emulator: Emulator) {
  const state = await (await fetch(`${emulator.httpUrls[0]}/ui/api/state`)).json();
  return (state as { sessions: { kind: string; stream: string; tracks: string[]; packets: number }[] })
    .sessions;
}

/** Sends a command of the documented API. */
export async function command(
  emulator: Emulator,
  room: string,
  name: string,
  ...args: string[]
): Promise<void> {
  const response = await fetch(`${emulator.httpUrls[0]}/flussonic/api/dynamic_mosaic/${room}`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('user:pass')}` },
    body: JSON.stringify({ command: name, args }),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Fills in the entrance of the chat. */
export async function askToJoin(page: Page, room: string, name: string): Promise<void> {
  await page.locator('#room').selectOption(room);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
}

/**
 * Waits until an element of media has played for a moment.
 * @param width of the picture; 0 for none, missing for any
 */
export async function waitUntilPlaying(page: Page, selector: string, width?: number): Promise<void> {
  await vi.waitUntil(async () => {
    const [time, shown] = (await page.evaluate(
      `(({ currentTime, videoWidth }) => [currentTime, videoWidth])(document.querySelector('${selector}'))`,
    )) as [number, number | undefined];
    return time > 0.5 && (width === undefined || shown === width);
  }, waiting);
}
