import { OpusDecoder } from '../../media/opus.ts';
import { concatSamples, floatFromInt16 } from '../analysis/samples.ts';
import type { ReceivedPacket } from './process/messages.ts';
import { maxGapSamples } from './process/sound-count.ts';

/** What a listener got of one track, decoded. */
export interface Recording {
  /** In the order of their sequence numbers. */
  readonly packets: readonly ReceivedPacket[];
  /** 48 kHz mono, -1 to 1, gapless: what is missing by the timestamps is silence. */
  readonly pcm: Float32Array;
  /** Where in `pcm` each packet begins. */
  readonly offsets: readonly number[];
  readonly lostPackets: number;
}

/** So much of a stream a decoder needs before it is right (RFC 7845 §4.6). */
export const preRollSamples = 3840;

/**
 * Decodes what a listener got. A recording that goes on from an earlier one of the same track should be
 * decoded with it: the decoder needs the packets before.
 * @param skippedSamples is decoded and left out, packets and all: `preRollSamples` where it begins in mid-stream, since a
 *   decoder that lacks the frames before may begin with noise up to full scale
 * @throws CorruptOpusError where the server sent what is no Opus
 */
export function decodeRecording(received: readonly ReceivedPacket[], skippedSamples = 0): Recording {
  const packets: ReceivedPacket[] = [];
  const decoder = new OpusDecoder();
  const pieces: Float32Array[] = [];
  const offsets: number[] = [];
  let length = 0;
  let lostPackets = 0;
  let expected: number | undefined;
  let skipped = 0;
  for (const packet of inOrder(received)) {
    const decoded = floatFromInt16(decoder.decode(Buffer.from(packet.payload)));
    if (skipped < skippedSamples) {
      skipped += decoded.length;
      continue;
    }
    const gap = expected === undefined ? 0 : (packet.timestamp - expected) | 0;
    if (gap > 0 && gap <= maxGapSamples) {
      pieces.push(new Float32Array(gap));
      length += gap;
    }
    const before = packets.at(-1);
    if (before !== undefined) lostPackets += ((packet.sequenceNumber - before.sequenceNumber) & 0xffff) - 1;
    packets.push(packet);
    offsets.push(length);
    pieces.push(decoded);
    length += decoded.length;
    expected = (packet.timestamp + decoded.length) >>> 0;
  }
  return { packets, pcm: concatSamples(pieces), offsets, lostPackets };
}

/** Part of a recording by arrival time. */
export function between(recording: Recording, fromNs: bigint, toNs: bigint): Float32Array {
  const { packets, offsets, pcm } = recording;
  const first = packets.findIndex((packet) => packet.arrivalNs >= fromNs);
  const end = packets.findIndex((packet) => packet.arrivalNs >= toNs);
  if (first < 0) return new Float32Array(0);
  return pcm.subarray(offsets[first], end < 0 ? pcm.length : offsets[end]);
}

/** Sorts by sequence number, with wrapping, and leaves duplicates out. */
function inOrder(received: readonly ReceivedPacket[]): ReceivedPacket[] {
  const first = received[0];
  if (first === undefined) return [];
  let newest = 0;
  let newestRaw = first.sequenceNumber;
  const numbered = new Map<number, ReceivedPacket>();
  for (const packet of received) {
    const step = ((packet.sequenceNumber - newestRaw + 0x8000) & 0xffff) - 0x8000;
    const index = newest + step;
    if (step > 0) {
      newest = index;
      newestRaw = packet.sequenceNumber;
    }
    if (!numbered.has(index)) numbered.set(index, packet);
  }
  return [...numbered].sort(([a], [b]) => a - b).map(([, packet]) => packet);
}

/** When a sample of a recording was there, in ms of the monotonic clock. */
export function arrivalMsOf({ packets, offsets }: Recording, sample: number): number {
  const packet = Math.max(
    0,
    offsets.findLastIndex((offset) => offset <= sample),
  );
  return Number(packets[packet]!.arrivalNs) / 1e6 + (sample - offsets[packet]!) / 48;
}
