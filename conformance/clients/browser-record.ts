import type { BrowserContext } from 'playwright-core';

/** More of each kind is not kept: something is wrong already. */
const maxEntries = 10_000;

/** What a browser's pages said and asked for, so that tests can say that nothing was wrong. */
export class BrowserRecord {
  /** Console messages of the level `error`, failed requests among them. */
  readonly consoleErrors: string[] = [];
  /** All other console messages, with their level: `debug: …`. */
  readonly consoleLines: string[] = [];
  /** Exceptions and rejections that no page has caught. */
  readonly pageErrors: string[] = [];
  /** URLs of all requests and WebSockets. */
  readonly requests: string[] = [];

  /** Writes down what the context's pages do from here on. */
  follow(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') keep(this.consoleErrors, message.text());
      else keep(this.consoleLines, `${message.type()}: ${message.text()}`);
    });
    context.on('weberror', (error) => keep(this.pageErrors, String(error.error())));
    context.on('request', (request) => keep(this.requests, request.url()));
    context.on('page', (page) => page.on('websocket', (socket) => keep(this.requests, socket.url())));
  }

  /** Requests that went elsewhere than to the given origins; `data:` and `blob:` go nowhere. */
  requestsBeyond(origins: readonly string[]): string[] {
    return this.requests.filter(
      (url) => !/^(data|blob):/.test(url) && !origins.includes(new URL(url).origin),
    );
  }
}

function keep(list: string[], entry: string): void {
  if (list.length < maxEntries) list.push(entry);
}
