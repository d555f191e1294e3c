import { type EmulatorParts, straightSignalling } from '../../emulator/index.ts';
import type { Defects } from './defect.ts';

type Frame = Readonly<Record<string, unknown>>;

/** Other frames than the right ones. @param change undefined: the frame is not sent */
function framing(change: (frame: Frame) => object | undefined): EmulatorParts {
  return { signalling: { ...straightSignalling, frame: (frame) => change(frame as Frame) } };
}

/** Mistakes in the talk with the clients until 22.x. */
export const webSocketDefects = {
  'config-not-sent': {
    description: 'the first frame over WebSocket is not one with config, which is left out',
    parts: framing((frame) => ('config' in frame ? undefined : frame)),
    caughtBy: ['play.websocket.config'],
    untouched: ['play.websocket.offer'],
  },
  'config-as-list': {
    description: 'config of the first frame over WebSocket is an array, for there is nothing in it',
    parts: framing((frame) => ('config' in frame ? { ...frame, config: [] } : frame)),
    caughtBy: ['play.websocket.config', 'publish.websocket.config'],
    untouched: ['play.websocket.offer', 'publish.websocket.answer'],
  },
  'no-candidate-frames': {
    description: 'a publisher over WebSocket gets the candidates in the answer only, and no frame with one',
    parts: framing((frame) => (frame.type === 'candidate' ? undefined : frame)),
    caughtBy: ['publish.websocket.answer'],
    untouched: ['publish.websocket.config', 'play.websocket.offer'],
  },
  'offer-waits-to-be-asked': {
    description: 'a player over WebSocket is told config, and no offer',
    parts: framing((frame) => (frame.type === 'offer' ? undefined : frame)),
    caughtBy: ['play.websocket.offer'],
    untouched: ['play.websocket.config', 'publish.websocket.answer'],
  },
  'closed-socket-still-sent-to': {
    description: 'a player closes its WebSocket, and media goes on to it',
    parts: { signalling: { ...straightSignalling, closed() {} } },
    caughtBy: ['play.websocket.media-ends'],
    untouched: ['play.delete.media-ends', 'publish.delete.not-heard'],
  },
} as const satisfies Defects;
