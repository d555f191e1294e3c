/** The audio bandwidths of Opus, from narrowband to fullband (RFC 6716 §2, table 1). */
export type OpusBandwidth = 'NB' | 'MB' | 'WB' | 'SWB' | 'FB';

/** The highest frequency of each bandwidth, in Hz (RFC 6716 §2, table 1). */
export const opusBandwidthHz: Readonly<Record<OpusBandwidth, number>> = {
  NB: 4000,
  MB: 6000,
  WB: 8000,
  SWB: 12000,
  FB: 20000,
};

/** What the outside of an Opus packet says. */
export interface OpusPacketInfo {
  /** Configuration number, 0 to 31. */
  readonly config: number;
  readonly mode: 'SILK' | 'hybrid' | 'CELT';
  readonly bandwidth: OpusBandwidth;
  /** Duration of one frame: 2.5, 5, 10, 20, 40 or 60 ms. */
  readonly frameDurationMs: number;
  readonly frameCount: number;
  /** Duration of the packet, at most 120 ms. */
  readonly durationMs: number;
  /** The same at the 48 kHz clock of RTP. */
  readonly durationSamples: number;
  readonly stereo: boolean;
  /** Bytes of each frame; 0 for one that is not sent (DTX). */
  readonly frameBytes: readonly number[];
}

/** A packet that breaks one of the requirements R1 to R7 of RFC 6716 §3.4. */
export class MalformedOpusPacketError extends Error {
  override readonly name = 'MalformedOpusPacketError';
}

/** A frame never has more bytes (R2). */
const maxFrameBytes = 1275;

/** Samples of 120 ms (R5). */
const maxPacketSamples = 5760;

const silkDurationsMs = [10, 20, 40, 60] as const;
const celtDurationsMs = [2.5, 5, 10, 20] as const;

/**
 * Reads the table-of-contents byte and the frame lengths of an Opus packet, without decoding it
 * (RFC 6716 §3.1 and §3.2).
 * @throws MalformedOpusPacketError with the requirement that is broken
 */
export function parseOpusPacket(packet: Uint8Array): OpusPacketInfo {
  const toc = packet[0];
  if (toc === undefined) throw new MalformedOpusPacketError('the packet is empty (R1)');
  const frameBytes = readFrames(packet, toc & 3);
  for (const bytes of frameBytes) {
    if (bytes > maxFrameBytes)
      throw new MalformedOpusPacketError(`a frame of ${bytes} bytes is too long (R2)`);
  }
  const config = toc >> 3;
  const frameDurationMs = durationOf(config);
  const durationSamples = frameDurationMs * 48 * frameBytes.length;
  if (durationSamples > maxPacketSamples) {
    throw new MalformedOpusPacketError(`${durationSamples / 48} ms of sound are more than 120 (R5)`);
  }
  return {
    config,
    ...modeOf(config),
    frameDurationMs,
    frameCount: frameBytes.length,
    durationMs: durationSamples / 48,
    durationSamples,
    stereo: (toc & 4) !== 0,
    frameBytes,
  };
}

function durationOf(config: number): number {
  if (config < 12) return silkDurationsMs[config & 3]!;
  if (config < 16) return silkDurationsMs[config & 1]!;
  return celtDurationsMs[config & 3]!;
}

function modeOf(config: number): Pick<OpusPacketInfo, 'mode' | 'bandwidth'> {
  if (config < 12) return { mode: 'SILK', bandwidth: (['NB', 'MB', 'WB'] as const)[config >> 2]! };
  if (config < 16) return { mode: 'hybrid', bandwidth: config < 14 ? 'SWB' : 'FB' };
  return { mode: 'CELT', bandwidth: (['NB', 'WB', 'SWB', 'FB'] as const)[(config - 16) >> 2]! };
}

/** Lengths of the frames behind the TOC byte, by its two bits of frame count code. */
function readFrames(packet: Uint8Array, code: number): number[] {
  const bytes = packet.length - 1;
  if (code === 0) return [bytes];
  if (code === 1) return equalFrames(bytes, 2, 'R3');
  if (code === 2) {
    const first = readLength(packet, 1);
    const second = packet.length - first.next - first.bytes;
    if (second < 0) throw new MalformedOpusPacketError('the first frame is longer than the packet (R4)');
    return [first.bytes, second];
  }
  return readManyFrames(packet);
}

/** Code 3: a count byte, padding, and equal or signalled lengths (RFC 6716 §3.2.5). */
function readManyFrames(packet: Uint8Array): number[] {
  const countByte = packet[1];
  if (countByte === undefined) throw new MalformedOpusPacketError('the frame count is missing (R6)');
  const count = countByte & 0x3f;
  if (count === 0) throw new MalformedOpusPacketError('a packet of no frames (R5)');

  let at = 2;
  let padding = 0;
  if ((countByte & 0x40) !== 0) {
    let more = 255;
    while (more === 255) {
      const next = packet[at++];
      if (next === undefined) throw new MalformedOpusPacketError('the length of the padding is cut off (R6)');
      more = next;
      padding += more === 255 ? 254 : more;
    }
  }
  const end = packet.length - padding;
  if (end < at) throw new MalformedOpusPacketError('the padding is longer than the packet (R6)');
  if ((countByte & 0x80) === 0) return equalFrames(end - at, count, 'R6');

  const lengths: number[] = [];
  for (let frame = 0; frame < count - 1; frame++) {
    const { bytes, next } = readLength(packet, at);
    lengths.push(bytes);
    at = next;
  }
  const last = end - at - lengths.reduce((sum, length) => sum + length, 0);
  if (last < 0) throw new MalformedOpusPacketError('the frames are longer than the packet (R7)');
  return [...lengths, last];
}

function equalFrames(bytes: number, count: number, requirement: string): number[] {
  if (bytes % count !== 0) {
    throw new MalformedOpusPacketError(`${bytes} bytes are not ${count} equal frames (${requirement})`);
  }
  return new Array<number>(count).fill(bytes / count);
}

/** A frame length of one or two bytes (RFC 6716 §3.2.1). */
function readLength(packet: Uint8Array, at: number): { bytes: number; next: number } {
  const first = packet[at];
  if (first === undefined) throw new MalformedOpusPacketError('a frame length is cut off (R4, R7)');
  if (first < 252) return { bytes: first, next: at + 1 };
  const second = packet[at + 1];
  if (second === undefined) throw new MalformedOpusPacketError('a frame length is cut off (R4, R7)');
  return { bytes: second * 4 + first, next: at + 2 };
}
