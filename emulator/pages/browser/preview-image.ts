import { encodeName } from '../common/names.ts';
import { element } from './dom.ts';
import { serverUrl } from './server-url.ts';

const everyMs = 1000;

/**
 * A room's picture, fetched anew about once a second while it is to be seen: the server draws it for whoever
 * looks.
 */
export class PreviewImage {
  readonly node = element('img', { class: 'preview' });
  readonly #room: string;
  readonly #observer: IntersectionObserver;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isVisible = false;
  #isClosed = false;

  constructor(room: string) {
    this.#room = room;
    this.node.alt = `Picture of room ${room}`;
    this.node.width = 1280;
    this.node.height = 720;
    this.#observer = new IntersectionObserver((entries) => {
      this.#isVisible = entries.at(-1)?.isIntersecting ?? false;
      this.#schedule(0);
    });
    this.#observer.observe(this.node);
  }

  close(): void {
    this.#isClosed = true;
    this.#observer.disconnect();
    clearTimeout(this.#timer);
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#isVisible || this.#isClosed) return;
    this.#timer = setTimeout(() => void this.#load(), delayMs);
  }

  /** The next one is loaded behind the one that is shown, so that nothing flickers. */
  async #load(): Promise<void> {
    if (document.visibilityState === 'visible') {
      const next = new Image();
      next.src = serverUrl(`/${encodeName(this.#room)}/preview.jpg?t=${Date.now()}`);
      const isLoaded = await next.decode().then(
        () => true,
        () => false,
      );
      if (isLoaded) this.node.src = next.src;
    }
    this.#schedule(everyMs);
  }
}
