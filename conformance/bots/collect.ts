import { BotError, type ListenerBot } from './bot-host.ts';
import { decodeRecording, preRollSamples, type Recording } from './recording.ts';

const pollMs = 50;
/** A listener that gets nothing for so long is given up. */
const stalledMs = 5000;

/**
 * Waits until every listener has got so much sound more, however long its packets are.
 * @throws BotError where one gets nothing for five seconds
 */
export async function waitForSound(listeners: readonly ListenerBot[], seconds: number): Promise<void> {
  await Promise.all(
    listeners.map(async (listener) => {
      const from = await listener.soundMs();
      let last = from;
      let lastChangeMs = performance.now();
      while (last < from + seconds * 1000) {
        await new Promise((resolve) => setTimeout(resolve, pollMs));
        const soundMs = await listener.soundMs();
        if (soundMs !== last) lastChangeMs = performance.now();
        last = soundMs;
        if (performance.now() - lastChangeMs > stalledMs) {
          throw new BotError(`a listener has got no packet for ${stalledMs / 1000} s`);
        }
      }
    }),
  );
}

/** All that each listener has got since the last time, decoded, without the 80 ms that a decoder needs to begin. */
export function collectRecordings(listeners: readonly ListenerBot[]): Promise<Recording[]> {
  return Promise.all(
    listeners.map(async (listener) => decodeRecording(await listener.take(), preRollSamples)),
  );
}

/** The last seconds of a recording. */
export function lastSeconds({ pcm }: Recording, seconds: number): Float32Array {
  return pcm.subarray(Math.max(0, pcm.length - Math.round(seconds * 48000)));
}
