import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/test-chromium.ts';

export { isWithoutChromium } from '../../scripts/test-chromium.ts';

/** A name of this machine that browsers do not trust as they trust 127.0.0.1. */
export const untrustedHost = 'mosaic.test';

/**
 * Starts Chromium with a camera and a microphone that are made up, and without questions about them.
 * @param autoplay false: sound begins only after the user has done something on a page, as browsers have it
 */
export function launchBrowser({ autoplay = true } = {}): Promise<Browser> {
  return launchChromium([
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--autoplay-policy=${autoplay ? 'no-user-gesture-required' : 'document-user-activation-required'}`,
    `--host-resolver-rules=MAP ${untrustedHost} 127.0.0.1`,
  ]);
}

/** A page of a visitor of its own, and what went wrong on it. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Console errors, exceptions, and requests that left the server. */
  readonly troubles: string[];
}

/**
 * Opens a page as a visitor who has the credentials of the default configuration.
 * @param url where it has a user, the browser knows that one only, as after a question for it
 * @param script run before all scripts of the page
 */
export async function visit(browser: Browser, url: string, script?: string): Promise<Visit> {
  const { origin, username } = new URL(url);
  const httpCredentials = { username: 'user', password: 'pass' };
  const context = await browser.newContext(username === '' ? { httpCredentials } : {});
  const page = await context.newPage();
  if (script !== undefined) await page.addInitScript(script);
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) troubles.push(`request to ${request.url()}`);
  });
  await page.goto(url);
  return { context, page, troubles };
}
