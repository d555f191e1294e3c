import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { floatFromBuffer } from '../analysis/samples.ts';
import { fromRgba } from '../picture/colour-space.ts';
import type { I420Picture } from '../picture/i420.ts';

/** What a person in front of a tab hears and sees. */
export interface Audience {
  /** @returns what the tab plays from now on, 48 kHz mono, -1..1 */
  hear(seconds: number): Promise<Float32Array>;
  /** @returns what the tab shows now; `undefined` where it shows nothing */
  see(): Promise<I420Picture | undefined>;
}

/** Hears and sees what one `<video>` element of a page plays; `page/instruments.js` is in that page. */
export class Instruments implements Audience {
  readonly #page: Page;
  readonly #element: string;

  /** @param elementId of the element whose `srcObject` is played */
  constructor(page: Page, elementId: string) {
    this.#page = page;
    this.#element = `document.getElementById(${JSON.stringify(elementId)})`;
  }

  /** Before a page is loaded that lets no scripts in but its own (Content-Security-Policy). */
  static async prepare(page: Page): Promise<void> {
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Page.setBypassCSP', { enabled: true });
  }

  /** Brings the instruments into a page that knows nothing of them, but was prepared. */
  static async bringInto(page: Page, elementId: string): Promise<Instruments> {
    const read = (name: string) => readFile(new URL(`page/${name}`, import.meta.url), 'utf8');
    const [instruments, recorder] = await Promise.all([read('instruments.js'), read('recorder.js')]);
    await page.evaluate(instruments);
    await page.evaluate((text) => {
      const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
      Object.assign((globalThis as unknown as { instruments: object }).instruments, { recorderUrl: url });
    }, recorder);
    return new Instruments(page, elementId);
  }

  async hear(seconds: number): Promise<Float32Array> {
    const base64 = await this.#page.evaluate<string>(`instruments.hear(${this.#element}, ${seconds})`);
    return floatFromBuffer(Buffer.from(base64, 'base64'));
  }

  async see(): Promise<I420Picture | undefined> {
    const base64 = await this.#page.evaluate<string>(`instruments.see(${this.#element})`);
    if (base64 === '') return undefined;
    const { width, height, data } = PNG.sync.read(Buffer.from(base64, 'base64'));
    return fromRgba({ width, height, data });
  }
}
