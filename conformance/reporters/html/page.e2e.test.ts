import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWithoutChromium, launchChromium } from '../../../scripts/test-chromium.ts';
import type { Report } from '../../report.ts';
import { hostileReport, hostileTexts } from '../sample-hostile.ts';
import { sampleReport } from '../sample-report.ts';
import { renderHtml } from './index.ts';
import { accessibilityProblems, type OpenOptions, openPage } from './test-page.ts';

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

/** Opens a report in a page of its own. */
const open = (report: Report, options: OpenOptions = {}) =>
  openPage(browser, folder, renderHtml(report), options);

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
    expect([requests(), errors]).toEqual([[], []]);
    await page.close();
  });

  it('says so when nothing matches', async () => {
    const { page } = await open(sampleReport());
    await page.getByRole('searchbox').fill('no such clause');
    expect(await visibleClauses(page)).toBe(0);
    expect(await page.getByText('No clause matches the filter.').isVisible()).toBe(true);
    await page.close();
  });

  it('shows the clause that the address names, alone, and leads to its neighbours and back to the list', async () => {
    const { page, errors } = await open(sampleReport(), { fragment: '#clause-audio.minus-self.quiet' });
    const clause = page.locator('details[id="clause-audio.minus-self.quiet"]');
    expect(await clause.getAttribute('open')).toBe('');
    expect(await clause.getByRole('table').count()).toBe(2);
    expect(await visibleClauses(page)).toBe(1);
    expect(await page.getByRole('search').count()).toBe(0);
    expect(await page.title()).toBe(
      'Nobody hears itself while all talk quietly · emulator started by the suite · mosaic2 conformance',
    );
    expect(await page.evaluate('scrollY')).toBe(0);
    await page.getByRole('link', { name: 'Next Nobody hears itself while all are near full scale' }).click();
    await expect
      .poll(() => page.locator('details.clause:visible .id').textContent())
      .toBe('audio.minus-self.loud-tones');
    await page.getByRole('link', { name: 'Previous' }).click();
    await page.getByRole('link', { name: 'All clauses' }).click();
    await expect.poll(() => visibleClauses(page)).toBe(22);
    expect(await page.title()).toBe('emulator started by the suite · mosaic2 conformance');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('has the filter in its address, for others and for the way back', async () => {
    const { page } = await open(sampleReport());
    const state = () => page.evaluate('location.hash');
    await page.getByRole('combobox', { name: 'Chapter' }).selectOption('audio');
    await page.getByRole('checkbox', { name: 'failed' }).check({ force: true });
    await page.getByRole('checkbox', { name: 'error' }).check({ force: true });
    await page.getByRole('searchbox').fill('track & gap');
    expect(await state()).toBe('#verdict=fail,error&chapter=audio&text=track%20%26%20gap');
    await page.getByRole('searchbox').fill('gap');
    expect(await visibleClauses(page)).toBe(1);
    await page.locator('details.clause:visible').getByRole('link', { name: 'on a page of its own' }).click();
    expect(await state()).toBe('#clause-audio.gap.join');
    await page.goBack();
    await expect.poll(state).toBe('#verdict=fail,error&chapter=audio&text=gap');
    expect(await visibleClauses(page)).toBe(1);
    await page.getByRole('searchbox').fill('');
    expect(await visibleClauses(page)).toBe(3);
    await page.close();
    const again = await open(sampleReport(), {
      fragment: '#level=client-required,undocumented&verdict=pass',
    });
    expect(await visibleClauses(again.page)).toBe(4);
    expect(await again.page.getByRole('checkbox', { name: 'client-required' }).isChecked()).toBe(true);
    await again.page.close();
  });

  it('can be filtered and gone through with the keyboard alone', async () => {
    const { page } = await open(sampleReport());
    await page.keyboard.press('/');
    await page.keyboard.press('Tab');
    await page.keyboard.type('audio');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await page.evaluate('location.hash')).toBe('#verdict=fail&chapter=audio');
    expect(await visibleClauses(page)).toBe(2);
    const outline = await page.evaluate(
      "getComputedStyle(document.activeElement.closest('.chip')).outlineStyle",
    );
    expect(outline).toBe('solid');
    await page.close();
  });

  it('plays in every clause the sound that stands in it once', async () => {
    const { page, errors } = await open(sampleReport(), { fragment: '#clause-audio.delay.p95' });
    const sources = () =>
      page.locator('audio').evaluateAll((all) => all.map((one) => one.getAttribute('src')));
    expect(new Set(await sources()).size).toBe(1);
    expect(await page.locator('audio:visible').count()).toBe(2);
    const seconds = await page
      .locator('audio:visible')
      .first()
      .evaluate(
        (audio: { duration: number; preload: string; readyState: number; load(): void }) =>
          new Promise((resolve) => {
            Object.assign(audio, { onloadedmetadata: () => resolve(audio.duration), preload: 'auto' });
            audio.load();
          }),
      );
    expect(seconds).toBe(0.5);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('has headings in order, names for what can be used, and heads for every table', async () => {
    const { page } = await open(sampleReport());
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    for (const role of ['banner', 'main', 'contentinfo', 'search'] as const) {
      expect(await page.getByRole(role).count(), role).toBe(1);
    }
    await page.close();
  });

  it('prints all that is shown open, and folds it again', async () => {
    const { page } = await open(sampleReport());
    const closed = () => page.locator('details:not([open])').count();
    const before = await closed();
    expect(before).toBeGreaterThan(10);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    // What was said word by word is printed with its clause alone.
    expect(await closed()).toBe(await page.locator('details.talk').count());
    expect(await page.evaluate("getComputedStyle(document.querySelector('.code')).maxHeight")).toBe('none');
    expect(await page.locator('button:visible, select:visible, input:visible, audio:visible').count()).toBe(
      0,
    );
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await closed()).toBe(before);
    await page.evaluate("location.hash = '#clause-audio.gap.join'");
    await expect.poll(() => visibleClauses(page)).toBe(1);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details[id="clause-audio.gap.join"] details:not([open])').count()).toBe(0);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
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
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(
      await page.locator('.figures:visible, .messages:visible, .packets:visible').count(),
    ).toBeGreaterThan(5);
    await page.getByRole('link', { name: 'Nobody hears itself while all talk quietly' }).last().click();
    expect(await page.evaluate('location.hash')).toBe('#clause-audio.minus-self.quiet');
    await page.close();
  });

  it('fits a telephone without scrolling sideways', async () => {
    const { page } = await open(sampleReport(), { width: 400 });
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    await page.evaluate("location.hash = '#clause-audio.gap.join'");
    await expect.poll(() => visibleClauses(page)).toBe(1);
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
    expect([requests(), errors]).toEqual([[], []]);
    await page.close();
  });
});
