import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { floatFromBuffer } from '../analysis/samples.ts';
import { fromRgba } from '../picture/colour-space.ts';
import { pictureToPng } from '../picture/evidence.ts';
import type { I420Picture } from '../picture/i420.ts';
import type { Chromium } from './chromium.ts';

/** The picture that a publisher asks its camera for. */
export interface CameraWish {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

/** The options of the official `Player` that tests use. */
export interface PlayerOptions {
  /** `v1a1`, `a3`. */
  readonly start_track?: string;
}

/** What the official player told about the tracks of what it plays. */
export interface MediaInfo {
  readonly tracks: readonly { readonly track_id: string; readonly content: string }[];
  readonly abr: boolean;
}

/** One tab with the official client in it: a member that publishes, a viewer, or both. */
export class MemberPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** @param pageUrl of a `PageServer` */
  static async open(browser: Chromium, pageUrl: string): Promise<MemberPage> {
    const page = await browser.newPage();
    await page.goto(pageUrl);
    return new MemberPage(page);
  }

  /**
   * Starts a `Publisher`; its events tell how it goes.
   * @param video false for sound alone
   */
  publish(streamUrl: string, video: CameraWish | false): Promise<void> {
    return this.#call('member.publish', streamUrl, video);
  }

  /** Calls one of the documented methods of the `Publisher`. */
  publisher(method: 'stop' | 'restart' | 'mute'): Promise<void> {
    return this.#call(`member.publisher.${method}`);
  }

  /** Publishes a still picture by `switchTrack`. */
  switchToPicture(picture: I420Picture): Promise<void> {
    return this.#call('member.switchToPicture', pictureToPng(picture).toString('base64'));
  }

  /** Presses the button that calls `shareScreen`: browsers want a person to have done it. */
  shareScreen(): Promise<void> {
    return this.page.click('#share');
  }

  /** Starts a `Player` and does not wait for what it shows. */
  async play(streamUrl: string, options: PlayerOptions = {}): Promise<void> {
    await this.#call('member.play', streamUrl, options, false);
  }

  /** @returns ms from `Player.play()` to the first picture on the screen */
  playUntilPicture(streamUrl: string, options: PlayerOptions = {}): Promise<number> {
    return this.#call('member.play', streamUrl, options, true);
  }

  /** Calls one of the documented methods of the `Player`. */
  player(method: 'stop' | 'destroy' | 'play'): Promise<void> {
    return this.#call(`member.player.${method}`);
  }

  changeTracks(tracks: readonly string[]): Promise<void> {
    return this.#call('member.player.changeTracks', tracks);
  }

  /** Everything that the client told by its events, in order: `publisher streaming`, `player playing`. */
  events(): Promise<string[]> {
    return this.page.evaluate('member.events');
  }

  /** What `onMediaInfo` was called with; `undefined` before that. */
  mediaInfo(): Promise<MediaInfo | undefined> {
    return this.page.evaluate('member.mediaInfo');
  }

  /** @returns what the tab plays from now on, 48 kHz mono, -1..1 */
  async hear(seconds: number): Promise<Float32Array> {
    const base64 = await this.page.evaluate<string>(`instruments.hear(${roomElement}, ${seconds})`);
    return floatFromBuffer(Buffer.from(base64, 'base64'));
  }

  /** @returns what the tab shows now; `undefined` where it shows nothing */
  async see(): Promise<I420Picture | undefined> {
    const base64 = await this.page.evaluate<string>(`instruments.see(${roomElement})`);
    if (base64 === '') return undefined;
    const { width, height, data } = PNG.sync.read(Buffer.from(base64, 'base64'));
    return fromRgba({ width, height, data });
  }

  close(): Promise<void> {
    return this.page.close();
  }

  #call<T>(method: string, ...args: readonly unknown[]): Promise<T> {
    return this.page.evaluate(`${method}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`);
  }
}

const roomElement = "document.getElementById('room')";
