import { type Browser, chromium } from 'playwright-core';
import { ChromiumError, findChromium, howToGetChromium } from './find-chromium.ts';

const path = findChromium();
if (path === undefined) console.warn(howToGetChromium);

/** Tests that need a browser are skipped on a developer's machine that has none, never in CI. */
export const isWithoutChromium = path === undefined && !process.env.CI;

/** Flags for a camera and a microphone that are made up, and that nobody is asked about. */
export const fakeDevices = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * Starts a headless Chromium that asks nothing of the world outside.
 * @throws ChromiumError where there is none, with a sentence on how to get one
 */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  if (path === undefined) throw new ChromiumError(howToGetChromium);
  return chromium.launch({
    executablePath: path,
    args: [
      // Containers run as root, which Chromium's sandbox refuses.
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  });
}
