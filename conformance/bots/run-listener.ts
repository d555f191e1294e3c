import { writeFile } from 'node:fs/promises';
import { writeWav } from '../../media/wav.ts';
import { levelDbfs } from '../analysis/level.ts';
import { int16FromFloat } from '../analysis/samples.ts';
import { ApiClient } from '../http/api-client.ts';
import { TargetError, urlTarget } from '../targets/url.ts';
import { BotError, BotHost } from './bot-host.ts';
import { collectRecordings, waitForPackets } from './collect.ts';

export interface RunListenerOptions {
  readonly target: string;
  readonly room: string;
  /** `a1`. */
  readonly track: string;
  readonly seconds: number;
  /** WAV file to be written. */
  readonly out?: string;
}

/**
 * Listens to one track of a room, says how loud it was, and keeps it.
 * @returns the exit code: 0, or 2 where it could not be done
 */
export async function runListener(options: RunListenerOptions): Promise<number> {
  const { room, track, seconds, out } = options;
  let host: BotHost | undefined;
  try {
    const target = urlTarget(options.target);
    host = new BotHost(target.insecure);
    const url = new ApiClient(target).streamUrl(room, 'whep', `?start_track=${encodeURIComponent(track)}`);
    const listener = await host.listen(url);
    // Packets hold 2.5 to 60 ms: the first ones say which.
    await waitForPackets([listener], 10);
    const [beginning] = await collectRecordings([listener]);
    const packetsPerSecond = (48_000 * beginning!.packets.length) / beginning!.pcm.length;
    await waitForPackets([listener], Math.ceil(seconds * packetsPerSecond));
    const [recording] = await collectRecordings([listener]);
    const { pcm, packets, lostPackets } = recording!;
    console.log(
      `${room} ${track}: ${packets.length} packets, ${lostPackets} lost, ${levelDbfs(pcm).toFixed(1)} dBFS`,
    );
    if (out !== undefined) {
      await writeFile(out, writeWav({ sampleRateHz: 48_000, channels: 1, samples: int16FromFloat(pcm) }));
    }
    return 0;
  } catch (error) {
    if (!(error instanceof TargetError || error instanceof BotError)) throw error;
    console.error(error.message);
    return 2;
  } finally {
    await host?.close();
  }
}
