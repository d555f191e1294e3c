import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A server of WebSockets that does what a test tells it to. */
export interface FrameServer {
  /** `http://127.0.0.1:PORT/stream`. */
  readonly url: string;
  /** Sockets that are open. */
  readonly sockets: ReadonlySet<WebSocket>;
  close(): void;
}

/** How a `FrameServer` behaves. */
export interface FrameServerOptions {
  /** Called for each socket. */
  readonly onSocket?: (socket: WebSocket, request: IncomingMessage) => void;
  /** Answers the handshake in its own way; true: it did. */
  readonly onUpgrade?: (request: IncomingMessage, write: (response: string) => void) => boolean;
}

export async function startFrameServer({ onSocket, onUpgrade }: FrameServerOptions): Promise<FrameServer> {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((_request, response) => response.writeHead(404).end('nothing of the kind'));
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    if (onUpgrade?.(request, (response) => socket.end(response))) return;
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => {});
      onSocket?.(webSocket, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stream`,
    sockets: sockets.clients,
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Frames of a socket, as objects. */
export function onFrame(socket: WebSocket, receive: (frame: Record<string, unknown>) => void): void {
  socket.on('message', (data) => receive(JSON.parse(String(data))));
}
