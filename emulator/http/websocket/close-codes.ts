import type { SessionEnd } from '../../webrtc/types.ts';

/** How a WebSocket is closed (RFC 6455 §7.4). */
export interface CloseStatus {
  readonly code: number;
  /** 123 bytes at most. */
  readonly reason: string;
}

/** Clients see a code and a reason and nothing else; codes from 4000 on are ours: 4000 plus the HTTP status. */
const ofSessionEnd: Readonly<Record<SessionEnd, CloseStatus>> = {
  'closed-by-client': { code: 1000, reason: 'The client has ended the connection of media.' },
  'closed-by-server': { code: 1001, reason: 'The stream is gone, or the server stops.' },
  replaced: { code: 4409, reason: 'A newer publisher has taken over the stream.' },
  'never-connected': { code: 4408, reason: 'No connection for media came about in time.' },
  'connection-lost': { code: 4408, reason: 'The connection of media was lost.' },
  silent: { code: 4408, reason: 'The publisher has sent nothing for too long.' },
};

/** What to close with when the session is over. */
export function closeOfSession(end: SessionEnd): CloseStatus {
  return ofSessionEnd[end];
}

/** What to close with after an error with this HTTP status; the error's own frame says more. */
export function closeOfError(status: number): CloseStatus {
  if (status >= 500) return { code: 1011, reason: 'The server failed.' };
  return { code: 4000 + status, reason: 'Refused, as the last frame says.' };
}

export const closeOfGoingAway: CloseStatus = { code: 1001, reason: 'The server stops.' };
export const closeOfNoOffer: CloseStatus = { code: 4408, reason: 'No offer came in time.' };
export const closeOfAbuse: CloseStatus = { code: 1008, reason: 'Too many frames that cannot be used.' };
