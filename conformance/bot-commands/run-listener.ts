import { writeWav } from '../../media/wav.ts';
import { levelDbfs } from '../analysis/level.ts';
import { int16FromFloat } from '../analysis/samples.ts';
import { BotHost } from '../bots/bot-host.ts';
import { waitForSound } from '../bots/collect.ts';
import type { SignallingWish } from '../bots/process/messages.ts';
import { decodeRecording } from '../bots/recording.ts';
import { ApiClient } from '../http/api-client.ts';
import { OutputFile } from '../run/output-file.ts';
import { urlTarget } from '../targets/url.ts';
import { exitCodeOf } from './exit-code.ts';

export interface RunListenerOptions {
  readonly target: string;
  /** Take any certificate; default false. */
  readonly insecure?: boolean;
  /** How the session is agreed on; default `auto`. */
  readonly signalling?: SignallingWish;
  /** A TURN server that media goes through, as `--turn` has it; missing: none. */
  readonly turn?: string;
  readonly room: string;
  /** `a1`. */
  readonly track: string;
  readonly seconds: number;
  /** WAV file to be written. */
  readonly out?: string;
}

/**
 * Listens to one track of a room, says how loud it was, and keeps it.
 * @param signal ends it early; what was heard until then is kept
 * @returns the exit code: 0, or 2 where it could not be done
 */
export function runListener(
  options: RunListenerOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  return exitCodeOf(async () => {
    const target = urlTarget(options.target, options);
    const file = options.out === undefined ? undefined : await OutputFile.prepare(options.out);
    const host = new BotHost({ ...target, signalling: options.signalling ?? 'auto' });
    try {
      const { room, track } = options;
      const query = `?start_track=${encodeURIComponent(track)}`;
      const url = new ApiClient(target).streamUrl(room, 'whep', query);
      const listener = await endingWith(signal, host.listen(url, { video: false }));
      if (listener === undefined) return;
      await endingWith(signal, waitForSound([listener], options.seconds));
      const { pcm, packets, lostPackets } = decodeRecording(await listener.take());
      if (packets.length === 0) return;
      const level = levelDbfs(pcm).toFixed(1);
      const over = host.signalling === 'websocket' ? ' over WebSocket' : '';
      console.log(`${room} ${track}${over}: ${packets.length} packets, ${lostPackets} lost, ${level} dBFS`);
      await file?.write(writeWav({ sampleRateHz: 48_000, channels: 1, samples: int16FromFloat(pcm) }));
    } finally {
      await host.close();
      await file?.close();
    }
  }, signal);
}

/** The result of some work, or undefined as soon as `signal` aborts. */
async function endingWith<T>(signal: AbortSignal, work: Promise<T>): Promise<T | undefined> {
  let stop = () => {};
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });
  return Promise.race([work, stopped]).finally(() => signal.removeEventListener('abort', stop));
}
