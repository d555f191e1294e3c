import { quote } from '../../rooms/room-error.ts';
import { HttpError } from '../errors.ts';

/** What a client of the WebSocket eras says; frames are JSON texts with a `type`. */
export type ClientFrame =
  | { readonly type: 'offer' | 'answer'; readonly sdp: string }
  /** Its address does not matter: an ICE-lite agent learns it from the client's checks (RFC 8445 §2.5). */
  | { readonly type: 'candidate' }
  /** `tracks` is as it came: `"v1a3"`, `"auto"`, a list. */
  | { readonly type: 'select_tracks'; readonly tracks: unknown }
  /** The client could not publish; `text` is its frame, shortened, for the log. */
  | { readonly type: 'publish_error'; readonly text: string }
  /** Of no concern: clients of other versions may say more. */
  | { readonly type: 'unknown'; readonly name: string };

/** Longer frames are refused: offers of browsers are about 10 kB. */
export const maxFrameBytes = 256 * 1024;

const maxLoggedLength = 500;

/**
 * Reads a client's frame.
 *
 * @throws HttpError `malformed-json`, `bad-value`
 */
export function readFrame(text: string): ClientFrame {
  const frame = parseObject(text);
  const { type } = frame;
  switch (type) {
    case 'offer':
    case 'answer':
      if (typeof frame.sdp === 'string') return { type, sdp: frame.sdp };
      throw new HttpError('bad-value', `The ${type} frame must have its SDP as a text in "sdp".`);
    case 'candidate':
      // A client may say by `null` that there are no more.
      if (typeof frame.candidate === 'object' || typeof frame.candidate === 'string') return { type };
      throw new HttpError('bad-value', 'The candidate frame must have an object in "candidate".');
    case 'select_tracks':
      return { type, tracks: frame.tracks };
    case 'publish_error':
      return { type, text: text.slice(0, maxLoggedLength) };
    default:
      if (typeof type === 'string') return { type: 'unknown', name: type.slice(0, maxLoggedLength) };
      throw new HttpError('bad-value', `The frame must name its "type" by a text, not ${named(type)}.`);
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HttpError('malformed-json', 'The frame is not JSON.');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new HttpError('bad-value', 'The frame must be a JSON object.');
}

function named(value: unknown): string {
  return value === undefined ? 'nothing' : quote(value);
}
