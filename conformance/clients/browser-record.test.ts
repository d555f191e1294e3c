import { EventEmitter } from 'node:events';
import type { BrowserContext } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { BrowserRecord } from './browser-record.ts';

describe('BrowserRecord', () => {
  it('keeps errors apart from other lines, and knows which requests went elsewhere', () => {
    const context = new EventEmitter();
    const record = new BrowserRecord();
    record.follow(context as unknown as BrowserContext);
    context.emit('console', { type: () => 'error', text: () => 'broken' });
    context.emit('console', { type: () => 'debug', text: () => 'fine' });
    context.emit('weberror', { error: () => new Error('thrown') });
    for (const url of [
      'http://127.0.0.1:1/a',
      'https://example.com/b',
      'data:,',
      'blob:http://127.0.0.1:1/c',
    ]) {
      context.emit('request', { url: () => url });
    }
    const page = new EventEmitter();
    context.emit('page', page);
    page.emit('websocket', { url: () => 'wss://example.com/socket' });

    expect(record.consoleErrors).toEqual(['broken']);
    expect(record.consoleLines).toEqual(['debug: fine']);
    expect(record.pageErrors).toEqual(['Error: thrown']);
    expect(record.requestsBeyond(['http://127.0.0.1:1'])).toEqual([
      'https://example.com/b',
      'wss://example.com/socket',
    ]);
  });
});
