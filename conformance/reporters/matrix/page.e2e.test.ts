import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWithoutChromium, launchChromium } from '../../../scripts/test-chromium.ts';
import { matrixOf } from '../../compare/matrix.ts';
import type { Report } from '../../report.ts';
import { accessibilityProblems, type OpenOptions, openPage } from '../html/test-page.ts';
import { hostileReport, hostileTexts } from '../sample-hostile.ts';
import { sampleReport, sampleResult } from '../sample-report.ts';
import { renderMatrixHtml } from './html.ts';

let browser: Browser;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mosaic2-matrix-page-'));
  browser = await launchChromium();
}, 30_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const one: Report = {
  ...sampleReport(),
  results: [
    sampleResult('api.same', 'Same', 'pass', 1),
    sampleResult('api.differs', 'Differs', 'pass', 1),
    sampleResult('audio.seen', 'Seen', 'observed', 1, { actual: 'an array' }),
    sampleResult('video.broken', 'Broken', 'fail', 1, { actual: 'a black cell' }),
  ],
};
const other: Report = {
  ...sampleReport(),
  results: [
    sampleResult('api.same', 'Same', 'pass', 1),
    sampleResult('api.differs', 'Differs', 'fail', 1, { actual: 'no track' }),
    sampleResult('audio.seen', 'Seen', 'observed', 1, { actual: 'an array' }),
    sampleResult('video.broken', 'Broken', 'fail', 1, { actual: 'a black cell' }),
  ],
};
const markup = renderMatrixHtml(
  matrixOf([
    { name: 'emulator', folder: '1-emulator', report: one },
    { name: 'http://lab', folder: '2-lab', report: other },
  ]),
  { links: true },
);

const open = (options: OpenOptions = {}) => openPage(browser, folder, markup, options);
const shownClauses = (page: Page) => page.locator('tbody tr:visible th code').allTextContents();

describe.skipIf(isWithoutChromium)('the matrix in a browser', () => {
  it('asks for nothing and narrows by verdict, chapter, text and difference', async () => {
    const { page, requests, errors } = await open();
    expect(await shownClauses(page)).toEqual(['api.same', 'api.differs', 'audio.seen', 'video.broken']);
    await page.getByRole('checkbox', { name: 'failed' }).check({ force: true });
    expect(await shownClauses(page)).toEqual(['api.differs', 'video.broken']);
    expect(await page.locator('#shown').textContent()).toBe('2 of 4');
    await page.getByRole('checkbox', { name: 'only differences' }).check();
    expect(await shownClauses(page)).toEqual(['api.differs']);
    expect(await page.locator('tr.chapter:visible').allTextContents()).toEqual(['api']);
    expect(await page.evaluate('location.hash')).toBe('#verdict=fail&differs=yes');
    await page.getByRole('checkbox', { name: 'only differences' }).uncheck();
    await page.getByRole('checkbox', { name: 'failed' }).uncheck({ force: true });
    await page.getByRole('combobox', { name: 'Chapter' }).selectOption('video');
    expect(await shownClauses(page)).toEqual(['video.broken']);
    await page.getByRole('combobox', { name: 'Chapter' }).selectOption('');
    await page.keyboard.press('/');
    await page.keyboard.type('Black cell');
    expect(await shownClauses(page)).toEqual(['video.broken']);
    await page.getByRole('searchbox').fill('no such clause');
    expect(await page.getByText('No clause matches the filter.').isVisible()).toBe(true);
    expect([requests(), errors]).toEqual([[], []]);
    await page.close();
  });

  it('is narrowed by its address', async () => {
    const { page } = await open({ fragment: '#verdict=observed,fail&chapter=api' });
    expect(await shownClauses(page)).toEqual(['api.differs']);
    await page.evaluate("location.hash = '#text=seen'");
    await expect.poll(() => shownClauses(page)).toEqual(['audio.seen']);
    await page.close();
  });

  it('has names for what can be used, and heads for its table', async () => {
    const { page } = await open();
    expect(await accessibilityProblems(page)).toEqual([]);
    for (const role of ['banner', 'main', 'search'] as const) {
      expect(await page.getByRole(role).count(), role).toBe(1);
    }
    await page.close();
  });

  it('shows all, or only differences, without scripts', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    expect(await shownClauses(page)).toHaveLength(4);
    expect(await page.getByRole('search').count()).toBe(0);
    await page.getByRole('checkbox', { name: 'only differences' }).check();
    expect(await shownClauses(page)).toEqual(['api.differs']);
    await page.close();
  });

  it.each(hostileTexts)('runs and loads nothing of hostile text: %j', async (text) => {
    const hostile = matrixOf([
      { name: text, folder: '1', report: hostileReport(text) },
      { name: text, folder: '2', problem: text },
    ]);
    const { page, requests, errors } = await openPage(
      browser,
      folder,
      renderMatrixHtml(hostile, { links: true }),
    );
    expect(await page.title()).not.toBe('owned');
    expect(
      await page.locator('main script, main img, main a[href^="http"], [onload], [onmouseover]').count(),
    ).toBe(0);
    expect((await shownClauses(page)).length).toBeGreaterThan(0);
    expect([requests(), errors]).toEqual([[], []]);
    await page.close();
  });
});
