/** A server says something that ends the talk, or nothing at all; the message has its words. */
export class SignallingError extends Error {
  override readonly name = 'SignallingError';
}

/** A frame of a server: a JSON object, of which nothing is known before it is looked at. */
export type ServerFrame = Readonly<Record<string, unknown>>;

const maxWordsLength = 200;

/** @returns undefined for what is no JSON object: servers may say more than the clients of the time read */
export function readServerFrame(text: string): ServerFrame | undefined {
  try {
    const json: unknown = JSON.parse(text);
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    return isObject ? (json as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}

/** The words of a frame that says that something went wrong; undefined where it says no such thing. */
export function errorWords(frame: ServerFrame): string | undefined {
  if (frame.type !== 'error' && (frame.type !== undefined || frame.error === undefined)) return undefined;
  const words = ['error', 'detail', 'message', 'reason', 'code'].flatMap((name) => {
    const value = frame[name];
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  });
  return shown(words.length > 0 ? words.join(': ') : JSON.stringify(frame));
}

/** A text of a server on one line, short enough for a message, without what would steer a terminal. */
export function shown(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, maxWordsLength);
}

/** The candidate of a frame as the value of `a=candidate`; undefined where the frame has none. */
export function candidateOf(frame: ServerFrame): string | undefined {
  if (frame.type !== 'candidate') return undefined;
  const { candidate } = frame;
  const text =
    typeof candidate === 'object' && candidate !== null && 'candidate' in candidate
      ? candidate.candidate
      : candidate;
  if (typeof text !== 'string') return undefined;
  // An empty one says that there are no more.
  return text.replace(/^(a=)?candidate:/, '') || undefined;
}

/** A candidate of the bot as the clients until 22.x say it. */
export function candidateFrame(candidate: string, mid: string | undefined, lineIndex: number): object {
  return {
    type: 'candidate',
    stream_id: 'local1',
    label: lineIndex,
    ...(mid !== undefined && { id: mid }),
    candidate: {
      candidate: `candidate:${candidate}`,
      ...(mid !== undefined && { sdpMid: mid }),
      sdpMLineIndex: lineIndex,
    },
  };
}

/** Which tracks an `info` frame says that are in force: `a3`, or the number alone, as the server writes them. */
export function tracksOfInfo({ audio_track_id: audio, video_track_id: video }: ServerFrame): string[] {
  return [video, audio]
    .filter((id) => typeof id === 'string' || typeof id === 'number')
    .map((id) => shown(String(id)));
}
