import { type Browser, type BrowserContext, type BrowserServer, chromium, type Page } from 'playwright-core';
import { ChromiumError, findChromium, howToGetChromium } from '../../scripts/find-chromium.ts';
import { BrowserRecord } from './browser-record.ts';

/** How a browser is started. */
export interface ChromiumOptions {
  /** WAV file that is played into the microphone round and round; default: Chromium's own beeps. */
  readonly microphone?: string;
  /** Y4M or MJPEG file that is shown to the camera round and round; default: Chromium's own test picture. */
  readonly camera?: string;
}

/**
 * A headless Chromium with a microphone and a camera of its own. They belong to the whole process: two members
 * with different sound and picture need two of these.
 */
export class Chromium implements AsyncDisposable {
  /** Errors and requests of all its pages. */
  readonly record = new BrowserRecord();
  readonly #server: BrowserServer;
  readonly #browser: Browser;
  readonly #context: BrowserContext;

  private constructor(server: BrowserServer, browser: Browser, context: BrowserContext) {
    this.#server = server;
    this.#browser = browser;
    this.#context = context;
    this.record.follow(context);
  }

  /** @throws ChromiumError where there is none, with a sentence on how to get one */
  static async launch(options: ChromiumOptions = {}): Promise<Chromium> {
    const executablePath = findChromium();
    if (executablePath === undefined) throw new ChromiumError(howToGetChromium);
    const server = await chromium.launchServer({ executablePath, args: argumentsFor(options) });
    try {
      const browser = await chromium.connect(server.wsEndpoint());
      return new Chromium(server, browser, await browser.newContext({ ignoreHTTPSErrors: true }));
    } catch (error) {
      await server.kill();
      throw error;
    }
  }

  newPage(): Promise<Page> {
    return this.#context.newPage();
  }

  /** Ends it with all its processes at once, as when the power fails: no page hears of it, no peer is told. */
  kill(): Promise<void> {
    return this.#server.kill();
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function argumentsFor({ microphone, camera }: ChromiumOptions): string[] {
  return [
    // Containers run as root, which Chromium's sandbox refuses, and have a small /dev/shm.
    '--no-sandbox',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Nothing outside of this machine is reached, whatever a page or the browser itself wants.
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    // The publisher of 24.7.1 insists on https, and nobody has signed the emulator's certificate.
    '--ignore-certificate-errors',
    '--autoplay-policy=no-user-gesture-required',
    // A page that asks for the screen gets a made-up one: 1280x720, green, with a disc that turns.
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    ...(microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${microphone}`]),
    ...(camera === undefined ? [] : [`--use-file-for-fake-video-capture=${camera}`]),
  ];
}
