import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
// The bots themselves know nothing of the emulator; only their tests let the two meet.
import { createPlaySession, type SendingSession } from '../../../emulator/webrtc/play-session.ts';
import { createPublishSession, type ReceivingSession } from '../../../emulator/webrtc/publish-session.ts';

/** For `vi.waitUntil`. */
export const waiting = { timeout: 8000, interval: 5 };

/** WHIP, WHEP and DELETE on sessions, and nothing else: what comes in and goes out is the test's to do. */
export interface TestServer {
  /** Ends with `/stream`; publish to `/whip`, play from `/whep`, or from `/whep?sound-only` without a picture. */
  readonly url: string;
  /** Sessions by `X-Sid`. */
  readonly publishing: ReadonlyMap<string, ReceivingSession>;
  readonly playing: ReadonlyMap<string, SendingSession>;
  close(): void;
}

/** @param onPlay told of each viewer before it is connected */
export async function startTestServer(onPlay?: (session: SendingSession) => void): Promise<TestServer> {
  const publishing = new Map<string, ReceivingSession>();
  const playing = new Map<string, SendingSession>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = request.url ?? '';
    const id = url.split('/').at(-1) ?? '';
    const existing = publishing.get(id) ?? playing.get(id);
    if (request.method === 'DELETE') {
      await existing?.close('closed-by-client');
      response.writeHead(existing === undefined ? 404 : 200).end();
      return;
    }
    try {
      const session = url.includes('/whip')
        ? await createPublishSession(body, { lostTimeoutMs: 500 })
        : await createPlaySession(body, { audio: true, video: !url.includes('sound-only') });
      if (session.kind === 'publish') publishing.set(session.id, session);
      else {
        playing.set(session.id, session);
        onPlay?.(session);
      }
      response
        .writeHead(201, { location: `/session/${session.id}`, 'x-sid': session.id })
        .end(session.answer);
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stream`,
    publishing,
    playing,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Waits until no UDP port of this process is left open. */
export async function waitForClosedPorts(): Promise<void> {
  const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'UDPWrap').length;
  await vi.waitUntil(() => sockets() === 0, waiting);
}
