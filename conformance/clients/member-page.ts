import type { Page } from 'playwright-core';
import { pictureToPng } from '../picture/evidence.ts';
import type { I420Picture } from '../picture/i420.ts';
import type { Chromium } from './chromium.ts';
import { type Audience, Instruments } from './instruments.ts';

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
export class MemberPage implements Audience {
  readonly page: Page;
  readonly #instruments: Instruments;

  private constructor(page: Page) {
    this.page = page;
    this.#instruments = new Instruments(page, 'room');
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

  hear(seconds: number): Promise<Float32Array> {
    return this.#instruments.hear(seconds);
  }

  see(): Promise<I420Picture | undefined> {
    return this.#instruments.see();
  }

  close(): Promise<void> {
    return this.page.close();
  }

  #call<T>(method: string, ...args: readonly unknown[]): Promise<T> {
    return this.page.evaluate(`${method}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`);
  }
}
