import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import { HttpError } from '../errors.ts';
import { endWithError } from '../raw-errors.ts';
import { Channel } from './channel.ts';
import { maxFrameBytes } from './client-frames.ts';
import type { ConversationCall } from './conversation-call.ts';
import { PlayerConversation } from './player-conversation.ts';
import { PublisherConversation } from './publisher-conversation.ts';
import type { SignallingParts } from './signalling-parts.ts';

/** A connection that is to become a WebSocket, as Node's `upgrade` event hands it over. */
export interface Handover {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** Longer frames are not even taken in; those between this and `maxFrameBytes` are told of their length. */
const maxPayload = 4 * maxFrameBytes;

/** Pongs are sent by the channel, which sees to it that they are read. */
const server = new WebSocketServer({ noServer: true, clientTracking: false, autoPong: false, maxPayload });
server.on('wsClientError', () => {
  // Refused below, as JSON.
});

/**
 * Answers the handshake (RFC 6455 §4.2) and begins the conversation.
 *
 * @param parts replaced by deliberately broken emulators
 * @returns the channel, or `undefined` where the handshake was refused
 */
export function acceptWebSocket(
  { request, socket, head }: Handover,
  kind: 'player' | 'publisher',
  call: ConversationCall,
  logger: FastifyBaseLogger,
  parts?: SignallingParts,
): Channel | undefined {
  const { profile } = call.services;
  let channel: Channel | undefined;
  server.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
    channel = new Channel(webSocket, profile, logger, parts);
    const Kind = kind === 'player' ? PlayerConversation : PublisherConversation;
    channel.start(new Kind(channel, call));
  });
  if (channel === undefined) {
    const detail = 'This is no WebSocket handshake: GET, Sec-WebSocket-Version 13 and a key are needed.';
    const error = new HttpError('bad-request', detail, { 'sec-websocket-version': '13' });
    endWithError(socket, profile, error);
  }
  return channel;
}
