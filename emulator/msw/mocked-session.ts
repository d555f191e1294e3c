import type { SessionEnd, WebRtcSession } from '../webrtc/types.ts';

/**
 * What is left of a session without media: it has an id, an answer that the test made up, and an end. Candidates are
 * taken and thrown away.
 */
export function mockedSession(answer: string): WebRtcSession {
  const id = crypto.randomUUID();
  let end: (reason: SessionEnd) => void = () => {};
  const ended = new Promise<SessionEnd>((resolve) => {
    end = resolve;
  });
  return {
    id,
    startedAtMs: Date.now(),
    answer,
    iceETag: id,
    connected: true,
    ended,
    patch: async () => undefined,
    stats: () => ({ packets: 0, bytes: 0, packetsLost: 0, jitterMs: 0 }),
    close: async (reason) => end(reason),
  };
}
