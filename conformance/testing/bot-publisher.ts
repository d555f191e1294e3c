import { playClip } from '../bots/process/clip-player.ts';
import type { Clip } from '../bots/process/messages.ts';
import { loadWebRtc } from './load-web-rtc.ts';

/** A bot that publishes until it is closed. */
export interface BotPublisher extends AsyncDisposable {
  readonly name: string;
  /** Id of its own track, `a2`, in which everybody else is heard; undefined for one that is in no room. */
  readonly trackId: string | undefined;
  /** True where the server takes its picture. */
  readonly hasPicture: boolean;
  /** Resolves when it sends no more, whoever ended it. */
  readonly ended: Promise<void>;
  /** Leaves the server with a goodbye. Its place in the room stays, as that of any stream. Idempotent. */
  close(): Promise<void>;
  /** Ends without a word, as a closed laptop does. Idempotent. */
  abandon(): Promise<void>;
}

/** A publisher and what has to be known to start it. */
export interface PublisherStart {
  readonly name: string;
  readonly trackId: string | undefined;
  /** Of WHIP. */
  readonly url: string;
  /** Take any certificate. */
  readonly insecure: boolean;
  readonly clip: Clip;
}

/** @throws Error where the server does not take it */
export async function startPublisher(start: PublisherStart): Promise<BotPublisher> {
  const { name, trackId, url, insecure, clip } = start;
  const { Publisher } = await loadWebRtc();
  const publisher = await Publisher.connect({ url, insecure, video: clip.video !== undefined });
  const pacer = playClip(publisher, clip, () => {});
  const stop = () => pacer.stop();
  let isOver = false;
  const ended = publisher.ended.then(() => {
    isOver = true;
    stop();
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    stop();
    // A server that has ended it, or has gone itself, needs no goodbye.
    closing ??= isOver ? Promise.resolve() : publisher.close();
    return closing;
  };
  return {
    name,
    trackId,
    hasPicture: publisher.hasVideo,
    ended,
    close,
    abandon: () => {
      stop();
      return publisher.abandon();
    },
    [Symbol.asyncDispose]: close,
  };
}
