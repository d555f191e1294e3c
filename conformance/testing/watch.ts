import { type LiveCanvas, LiveViewer } from '../bots/live-viewer.ts';
import type { ReceivedVideoPacket } from '../bots/process/messages.ts';
import type { BotListener } from './bot-listener.ts';
import { TestingError } from './testing-error.ts';
import { seconds } from './verdict.ts';

/** So many canvases a second are read: each takes some ten milliseconds, and the test shares the thread. */
const readEveryMs = 100;

/** What was seen while something was waited for. */
export interface Watched {
  /** The canvas that was as wanted; undefined where none was. */
  readonly right: LiveCanvas | undefined;
  /** The canvas that was read last; undefined where none came. */
  readonly newest: LiveCanvas | undefined;
  /** Says that no picture came, and why. */
  readonly nothing: string;
}

/**
 * Looks at the pictures that come from now on, until they are as wanted.
 * @param steadyMs for so long they have to be as wanted
 * @throws TestingError for a listener that takes no picture, or gets none
 */
export async function watchUntil(
  listener: BotListener,
  isRight: (canvas: LiveCanvas) => boolean,
  { steadyMs = 0, timeoutMs }: { readonly steadyMs?: number; readonly timeoutMs: number },
): Promise<Watched> {
  if (!listener.hasPicture) throw new TestingError(noPicture(listener));
  let packets: ReceivedVideoPacket[] = [];
  const ending = new AbortController();
  void listener.ended.then(() => ending.abort());
  const stop = listener.watch((packet) => packets.push(packet));
  const takeVideo = async () => {
    // What comes before a keyframe cannot be decoded: it is asked for until there is a picture.
    if (viewer.summary.pictures === 0) listener.requestKeyframe();
    const taken = packets;
    packets = [];
    return taken;
  };
  const viewer = await LiveViewer.open(
    { takeVideo },
    { readEveryMs, searchAll: true, signal: ending.signal },
  );
  const startedMs = performance.now();
  try {
    const right = await viewer.waitUntil(isRight, { steadyMs, patienceMs: timeoutMs });
    const why = listener.end === undefined ? '' : `, for ${listener.end}`;
    const nothing = `no picture came in ${seconds(performance.now() - startedMs)}${why}`;
    return { right, newest: viewer.newest, nothing };
  } finally {
    stop();
    viewer.close();
  }
}

function noPicture({ room, wantsPicture }: BotListener): string {
  if (!wantsPicture)
    return `the listener takes no picture: listen(${JSON.stringify(room)}, { picture: true })`;
  return `room ${room} has no picture: a room gets one when it is made, by addRoom(${JSON.stringify(room)}, { picture: true }) or in the configuration`;
}
