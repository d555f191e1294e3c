import type { RtpAudioPacket } from '../../media/rtp-audio-packet.ts';
import { sampleRateHz } from '../analysis/samples.ts';
import type { ReceivedPacket } from '../bots/process/messages.ts';
import { nowNs } from '../bots/process/pacer.ts';
import { decodeRecording } from '../bots/recording.ts';

/** Longer than any window that is judged. */
const keptNs = 8_000_000_000n;
/** What a decoder needs of the packets before, until it says what was sent. */
const leadInNs = 300_000_000n;

/** The newest sound that a listener got. */
export class SoundReception {
  #packets: ReceivedPacket[] = [];

  add({ sequenceNumber, timestamp, ssrc, payload }: RtpAudioPacket): void {
    const arrivalNs = nowNs();
    this.#packets.push({ sequenceNumber, timestamp, ssrc, payload, arrivalNs });
    // Not with every packet: what is a little too old does no harm.
    if (this.#packets.length % 256 > 0) return;
    this.#packets = this.#packets.filter((packet) => arrivalNs - packet.arrivalNs < keptNs);
  }

  /**
   * The newest sound that has come since a moment, decoded: as much as there is, up to `windowMs`.
   * @param sinceNs of the monotonic clock
   * @returns 48 kHz mono, -1..1
   * @throws CorruptOpusError where the server sent what is no Opus
   */
  newest(sinceNs: bigint, windowMs: number): Float32Array {
    const newestNs = this.#packets.at(-1)?.arrivalNs ?? 0n;
    const fromNs = newestNs - BigInt(Math.ceil(windowMs * 1e6)) - leadInNs;
    const { packets, offsets, pcm } = decodeRecording(
      this.#packets.filter((packet) => packet.arrivalNs >= fromNs),
    );
    // Packets may have overtaken each other: what came before the moment counts with all before it.
    const before = packets.findLastIndex((packet) => packet.arrivalNs < sinceNs);
    const since = offsets[before + 1] ?? pcm.length;
    const window = Math.round((windowMs * sampleRateHz) / 1000);
    return pcm.subarray(Math.max(since, pcm.length - window));
  }
}
