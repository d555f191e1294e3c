import type { ComposeRequest, ComposeResult } from './messages.ts';

/** To the thread; every message but `start` is answered, in order. */
export type ToThread =
  | { readonly type: 'start' }
  | { readonly type: 'compose'; readonly request: ComposeRequest }
  | { readonly type: 'snapshot' }
  | { readonly type: 'close' };

/** From the thread. */
export type FromThread =
  | { readonly type: 'composed'; readonly result: ComposeResult }
  | { readonly type: 'snapshot'; readonly file: Uint8Array }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'closed' };
