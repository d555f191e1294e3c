import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

/** How a page is opened. */
export interface OpenOptions {
  /** Default true. */
  readonly javaScriptEnabled?: boolean;
  /** Of the window; default 1280. */
  readonly width?: number;
  /** `#verdict=fail`. */
  readonly fragment?: string;
}

/** A page that is open. */
export interface OpenPage {
  readonly page: Page;
  /** What it asked for besides itself, so far. */
  readonly requests: () => string[];
  /** What went wrong in it. */
  readonly errors: readonly string[];
}

/** Opens a page from a file, as somebody does who was sent it. */
export async function openPage(
  browser: Browser,
  folder: string,
  markup: string,
  { javaScriptEnabled = true, width = 1280, fragment = '' }: OpenOptions = {},
): Promise<OpenPage> {
  const path = join(folder, 'index.html');
  await writeFile(path, markup);
  const page = await browser.newPage({ javaScriptEnabled, viewport: { width, height: 900 } });
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('dialog', (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(path).href + fragment);
  requests.shift();
  // What stands in the page itself is no request.
  return { page, requests: () => requests.filter((url) => !url.startsWith('data:')), errors };
}

/** Headings out of order, tables without heads, and what can be used but has no name, each as its markup. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const levels = await page
    .locator('h1,h2,h3,h4,h5,h6')
    .evaluateAll((all) => all.map((one) => Number(one.tagName[1])));
  const jumps = levels
    .map((level, index) => [levels[index - 1] ?? 0, level] as const)
    .filter(([before, level]) => level > before + 1)
    .map(([before, level]) => `h${level} after h${before}`);
  const nameless = (await page.evaluate(`[
    ...[...document.querySelectorAll('table')].filter((table) => !table.querySelector('thead th[scope=col]') || table.querySelector('tbody tr:not(:has(th[scope=row], th[scope=rowgroup]))')),
    ...document.querySelectorAll('img:not([alt]), th:not([scope]), svg:not([aria-hidden]):not([role=img][aria-label]), audio:not([aria-label])'),
    ...[...document.querySelectorAll('a, button, summary, select, input')].filter((one) => one.textContent.trim() === '' && !one.getAttribute('aria-label') && !one.labels?.length),
  ].map((one) => one.outerHTML.slice(0, 200))`)) as string[];
  return [...jumps, ...nameless];
}
