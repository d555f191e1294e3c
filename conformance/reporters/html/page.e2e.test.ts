import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWithoutChromium, launchChromium } from '../../../scripts/test-chromium.ts';
import type { Report } from '../../report.ts';
import { hostileReport, hostileTexts } from '../sample-hostile.ts';
import { sampleReport } from '../sample-report.ts';
import { renderHtml } from './index.ts';

let browser: Browser;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-page-'));
  browser = await launchChromium();
}, 30_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a report in a page of its own; `requests` holds what the page asked for besides itself. */
async function open(
  report: Report,
  options: { readonly javaScriptEnabled?: boolean; readonly width?: number; readonly fragment?: string } = {},
): Promise<{ page: Page; requests: string[]; errors: string[] }> {
  const path = join(folder, 'index.html');
  await writeFile(path, renderHtml(report));
  const page = await browser.newPage({
    javaScriptEnabled: options.javaScriptEnabled ?? true,
    viewport: { width: options.width ?? 1280, height: 900 },
  });
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('dialog', (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(path).href + (options.fragment ?? ''));
  requests.shift();
  return { page, requests, errors };
}

const visibleClauses = (page: Page) => page.locator('details.clause:visible').count();

describe.skipIf(isWithoutChromium)('the report in a browser', () => {
  it('asks for nothing and filters by verdict, level and text', async () => {
    const { page, requests, errors } = await open(sampleReport());
    expect(await visibleClauses(page)).toBe(22);
    await page.getByRole('checkbox', { name: 'failed' }).check({ force: true });
    expect(await visibleClauses(page)).toBe(3);
    await page.keyboard.press('/');
    await page.keyboard.type('gap');
    expect(await visibleClauses(page)).toBe(1);
    expect(await page.locator('#shown').textContent()).toBe('1 of 22');
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: 'failed' }).uncheck({ force: true });
    await page.getByRole('checkbox', { name: 'client-required' }).check({ force: true });
    expect(await visibleClauses(page)).toBe(4);
    expect(await page.locator('section.chapter:visible').count()).toBe(1);
    expect([requests, errors]).toEqual([[], []]);
    await page.close();
  });

  it('says so when nothing matches', async () => {
    const { page } = await open(sampleReport());
    await page.getByRole('searchbox').fill('no such clause');
    expect(await visibleClauses(page)).toBe(0);
    expect(await page.getByText('No clause matches the filter.').isVisible()).toBe(true);
    await page.close();
  });

  it('opens the clause that the address names', async () => {
    const { page } = await open(sampleReport(), { fragment: '#clause-audio.minus-self.quiet' });
    const clause = page.locator('details[id="clause-audio.minus-self.quiet"]');
    expect(await clause.getAttribute('open')).toBe('');
    expect(await clause.getByRole('table').count()).toBe(2);
    await page.close();
  });

  it('copies a command as it stands there', async () => {
    const { page } = await open(sampleReport());
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const clause = page.locator('details[id="clause-audio.gap.join"]');
    const button = clause.getByRole('button', { name: 'Copy the reproduce command' });
    await button.click();
    await expect.poll(() => button.textContent()).toBe('Copied');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'mosaic2 conformance --seed 1482907 --only audio.gap.join',
    );
    await page.close();
  });

  it('is a plain list without scripts', async () => {
    const { page } = await open(sampleReport(), { javaScriptEnabled: false });
    expect(await visibleClauses(page)).toBe(22);
    expect(await page.getByRole('search').count()).toBe(0);
    expect(await page.locator('button:visible').count()).toBe(0);
    await page.close();
  });

  it('fits a telephone without scrolling sideways', async () => {
    const { page } = await open(sampleReport(), { width: 400 });
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    await page.close();
  });

  it.each(hostileTexts)('runs and loads nothing of hostile text: %j', async (text) => {
    const { page, requests, errors } = await open(hostileReport(text));
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await page.title()).not.toBe('owned');
    expect(
      await page.locator('main script, main img, main a[href^="http"], [onload], [onmouseover]').count(),
    ).toBe(0);
    expect(await visibleClauses(page)).toBe(22);
    expect([requests, errors]).toEqual([[], []]);
    await page.close();
  });
});
