import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Emulator, startEmulator } from '../index.ts';
import { launchBrowser, type Visit, visit } from './test-browser.ts';
import { askToJoin, config } from './test-visits.ts';

/** How somebody comes to a page. */
export interface Arrival {
  /** Default: the one of the stage. */
  readonly by?: Browser;
  /** Run before all scripts of the page. */
  readonly script?: string;
  /** By which name of this machine; default: its address. */
  readonly host?: string;
  /** What the URL says: `user:password`. */
  readonly user?: string;
}

/** What tests of the pages stand on: one browser for all tests of a file, and for each an emulator of its own. */
export class PageStage {
  #emulator: Emulator | undefined;
  #browser: Browser | undefined;
  #visits: Visit[] = [];

  /** Starts and ends by itself, as the tests of the file do. */
  constructor() {
    beforeAll(async () => {
      this.#browser = await launchBrowser();
    });
    afterAll(() => this.#browser?.close());
    beforeEach(async () => {
      this.#visits = [];
      this.#emulator = await start();
    });
    afterEach(async () => {
      await Promise.all(this.#visits.map(({ context }) => context.close()));
      await this.emulator.close();
    });
  }

  /** Of the present test. */
  get emulator(): Emulator {
    return this.#emulator!;
  }

  /** Starts an emulator anew in the place of the one that the test has closed. */
  async startAnew(): Promise<void> {
    this.#emulator = await start(Number(new URL(this.emulator.httpUrls[0]!).port));
  }

  /** Opens a page of the emulator as a visitor, who leaves with the test. */
  async open(path: string, { by, script, host, user }: Arrival = {}): Promise<Visit> {
    const url = new URL(path, this.emulator.httpUrls[0]);
    if (host !== undefined) url.hostname = host;
    if (user !== undefined) [url.username, url.password] = user.split(':') as [string, string];
    const made = await visit(by ?? this.#browser!, url.href, script);
    this.#visits.push(made);
    return made;
  }

  /** Brings somebody into a room by the chat page. */
  async join(room: string, name: string): Promise<Visit> {
    const made = await this.open('/ui/chat');
    await askToJoin(made.page, room, name);
    await made.page.getByText('Connected', { exact: true }).waitFor();
    return made;
  }
}

function start(port = 0): Promise<Emulator> {
  return startEmulator({ config, http: [{ address: '127.0.0.1', port }] });
}
