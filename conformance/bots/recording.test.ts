import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorruptOpusError, OpusEncoder } from '../../media/opus.ts';
import type { ReceivedPacket } from './process/messages.ts';
import { between, decodeRecording, preRollSamples } from './recording.ts';

const samples = 960;
const encoder = new OpusEncoder({ bitrateKbps: 64, sampleRateHz: 48000, samplesPerFrame: samples });
/** A few packets of a tone, sent over and over. */
const payloads = Array.from({ length: 4 }, (_, packet) =>
  encoder.encode(
    Int16Array.from({ length: samples }, (_, i) => 8000 * Math.sin((packet * samples + i) / 10)),
  ),
);

/** The packet of that number in a stream that begins wherever it likes. */
function packetOf(
  number: number,
  firstSequence = 65_530,
  firstTimestamp = 2 ** 32 - 3 * samples,
): ReceivedPacket {
  return {
    sequenceNumber: (firstSequence + number) % 65_536,
    timestamp: (firstTimestamp + number * samples) % 2 ** 32,
    ssrc: 1,
    payload: payloads[number % payloads.length]!,
    arrivalNs: BigInt(number) * 20_000_000n,
  };
}

const stream = (...numbers: number[]) => numbers.map((number) => packetOf(number));
const isSilent = (pcm: Float32Array) => pcm.every((sample) => sample === 0);

describe('decodeRecording', () => {
  it('is empty where nothing came', () => {
    const { packets, pcm, offsets, lostPackets } = decodeRecording([]);
    expect([packets, [...pcm], offsets, lostPackets]).toEqual([[], [], [], 0]);
  });

  it('leaves out what a decoder that begins in mid-stream makes up', () => {
    const whole = decodeRecording(stream(0, 1, 2, 3, 4, 5, 6));
    const late = decodeRecording(stream(0, 1, 2, 3, 4, 5, 6), preRollSamples);
    expect(late.packets).toEqual(whole.packets.slice(4));
    expect(late.offsets).toEqual([0, 960, 1920]);
    expect(late.pcm).toEqual(whole.pcm.slice(4 * samples));
    expect(decodeRecording(stream(0, 1, 2), preRollSamples).packets).toEqual([]);
  });

  it('joins what came, across the wrap of sequence numbers and timestamps', () => {
    const recording = decodeRecording(stream(...Array(12).keys()));
    expect(recording.pcm).toHaveLength(12 * samples);
    expect(recording.offsets).toEqual([...Array(12).keys()].map((number) => number * samples));
    expect(recording.lostPackets).toBe(0);
    expect(isSilent(recording.pcm.subarray(-samples))).toBe(false);
  });

  it('puts packets into order and takes doubles once, whatever the first one is', () => {
    const straight = decodeRecording(stream(0, 1, 2, 3, 4, 5, 6, 7));
    const shuffled = decodeRecording(stream(1, 0, 0, 3, 2, 5, 4, 3, 7, 6, 1));
    expect(shuffled).toEqual(straight);
  });

  it('holds silence where packets are missing, and counts them', () => {
    const { pcm, offsets, lostPackets } = decodeRecording(stream(0, 1, 4, 5, 7));
    expect(lostPackets).toBe(3);
    expect(offsets).toEqual([0, 1, 4, 5, 7].map((number) => number * samples));
    expect(pcm).toHaveLength(8 * samples);
    expect(isSilent(pcm.subarray(2 * samples, 4 * samples))).toBe(true);
    expect(isSilent(pcm.subarray(6 * samples, 7 * samples))).toBe(true);
  });

  it('holds silence where a server counts time on without losing a packet', () => {
    const after = { ...packetOf(1), timestamp: packetOf(3).timestamp };
    const { pcm, lostPackets } = decodeRecording([packetOf(0), after]);
    expect(pcm).toHaveLength(4 * samples);
    expect(lostPackets).toBe(0);
  });

  it.each([10 * 48_000, -samples])(
    'takes a jump of %d samples for another stream, not for a hole',
    (jump) => {
      const timestamp = (packetOf(1).timestamp + jump) >>> 0;
      expect(decodeRecording([packetOf(0), { ...packetOf(1), timestamp }]).pcm).toHaveLength(2 * samples);
    },
  );

  it('refuses what is no Opus', () => {
    const empty = { ...packetOf(0), payload: new Uint8Array(0) };
    expect(() => decodeRecording([empty])).toThrow(CorruptOpusError);
  });

  it('makes the same of packets in any order within a window, from any first number', () => {
    const late = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(late, fc.nat(65_535), fc.nat(2 ** 32 - 1), (delays, sequence, timestamp) => {
        const inOrder = delays.map((_, number) => packetOf(number, sequence, timestamp));
        const arrived = inOrder.toSorted(
          (a, b) => position(a, inOrder, delays) - position(b, inOrder, delays),
        );
        expect(decodeRecording(arrived)).toEqual(decodeRecording(inOrder));
      }),
      { numRuns: 50 },
    );
  });
});

function position(packet: ReceivedPacket, inOrder: readonly ReceivedPacket[], delays: readonly number[]) {
  const number = inOrder.indexOf(packet);
  return number + delays[number]!;
}

describe('between', () => {
  const recording = decodeRecording(stream(0, 1, 2, 3, 4));

  it('cuts by the time of arrival', () => {
    expect(between(recording, 20_000_000n, 60_000_000n)).toEqual(
      recording.pcm.subarray(samples, 3 * samples),
    );
    expect(between(recording, 60_000_000n, 10n ** 12n)).toHaveLength(2 * samples);
  });

  it('is empty where nothing came in that time', () => {
    expect(between(recording, 10n ** 12n, 2n * 10n ** 12n)).toHaveLength(0);
  });
});
