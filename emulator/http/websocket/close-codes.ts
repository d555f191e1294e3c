import type { ClosedBecause, Profile } from '../../profile.ts';

/** How a WebSocket is closed (RFC 6455 §7.4). */
export interface CloseStatus {
  readonly code: number;
  /** 123 bytes at most. */
  readonly reason: string;
}

const sentences: Readonly<Record<ClosedBecause, string>> = {
  'closed-by-client': 'The client has ended the connection of media.',
  'closed-by-server': 'The stream is gone, or the server stops.',
  replaced: 'A newer publisher has taken over the stream.',
  'never-connected': 'No connection for media came about in time.',
  'connection-lost': 'The connection of media was lost.',
  silent: 'The publisher has sent nothing for too long.',
  'bad-request': 'This cannot be played, as the last frame says.',
  forbidden: 'This must not be done, as the last frame says.',
  'unknown-stream': 'There is no such stream.',
  'too-many-errors': 'Too many frames that cannot be used.',
  'internal-error': 'The server failed.',
};

/** What to close a socket with. */
export function closeStatus({ signalling }: Profile, because: ClosedBecause): CloseStatus {
  return { code: signalling.closeCodes[because], reason: sentences[because] };
}
