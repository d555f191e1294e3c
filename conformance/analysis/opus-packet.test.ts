import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OpusEncoder } from '../../media/opus.ts';
import { MalformedOpusPacketError, opusBandwidthHz, parseOpusPacket } from './opus-packet.ts';

const toc = (config: number, code: number) => (config << 3) | code;

describe('the outside of an Opus packet', () => {
  it.each([
    [0, 'SILK', 'NB', 10],
    [3, 'SILK', 'NB', 60],
    [5, 'SILK', 'MB', 20],
    [11, 'SILK', 'WB', 60],
    [12, 'hybrid', 'SWB', 10],
    [15, 'hybrid', 'FB', 20],
    [16, 'CELT', 'NB', 2.5],
    [21, 'CELT', 'WB', 5],
    [26, 'CELT', 'SWB', 10],
    [31, 'CELT', 'FB', 20],
  ])('says of configuration %i: %s, %s, %d ms', (config, mode, bandwidth, frameDurationMs) => {
    const info = parseOpusPacket(Uint8Array.of(toc(config, 0), 1, 2));
    expect(info).toMatchObject({ config, mode, bandwidth, frameDurationMs, frameCount: 1, stereo: false });
    expect(info.durationSamples).toBe(frameDurationMs * 48);
  });

  it.each([
    ['one frame', [toc(31, 0), 1, 2, 3], [3]],
    ['one frame that is not sent', [toc(31, 0)], [0]],
    ['two equal frames', [toc(30, 1), 1, 2, 3, 4], [2, 2]],
    ['two frames', [toc(30, 2), 1, 9, 8, 8], [1, 2]],
    ['two frames, the first of 252 bytes', [toc(30, 2), 252, 0, ...new Array(252).fill(5), 7], [252, 1]],
    ['three equal frames', [toc(30, 3), 3, 1, 2, 3], [1, 1, 1]],
    ['three frames of any length', [toc(30, 3), 0x83, 2, 0, 1, 1, 9], [2, 0, 1]],
    ['equal frames and padding', [toc(30, 3), 0x42, 3, 1, 2, 0, 0, 0], [1, 1]],
    ['more than 254 bytes of padding', [toc(30, 3), 0x41, 255, 1, 7, ...new Array(255).fill(0)], [1]],
  ])('tells the frames apart: %s', (_, bytes, frameBytes) => {
    const info = parseOpusPacket(Uint8Array.from(bytes));
    expect(info.frameBytes).toEqual(frameBytes);
    expect(info.frameCount).toBe(frameBytes.length);
    expect(info.durationMs).toBe(info.frameDurationMs * frameBytes.length);
  });

  it('takes a frame and a packet that are as long as they may be', () => {
    expect(parseOpusPacket(Uint8Array.of(toc(31, 0), ...new Array(1275).fill(0))).frameBytes).toEqual([1275]);
    expect(parseOpusPacket(Uint8Array.of(toc(3, 1), 0, 0)).durationMs).toBe(120);
  });

  it('says whether it is stereo', () => {
    expect(parseOpusPacket(Uint8Array.of(toc(31, 0) | 4, 1)).stereo).toBe(true);
    expect(parseOpusPacket(Uint8Array.of(toc(31, 0), 1)).stereo).toBe(false);
  });

  it('has the bandwidths of RFC 6716 §2', () => {
    const limitsHz = { NB: 4000, MB: 6000, WB: 8000, SWB: 12_000, FB: 20_000 };
    expect(opusBandwidthHz).toEqual(limitsHz);
  });

  it.each([
    ['R1', []],
    ['R2', [toc(31, 0), ...new Array(1276).fill(0)]],
    ['R3', [toc(31, 1), 1, 2, 3]],
    ['R4', [toc(31, 2), 9, 1]],
    ['R4', [toc(31, 2)]],
    ['R4', [toc(31, 2), 252]],
    ['R5', [toc(31, 3), 0]],
    ['R5', [toc(3, 3), 3, 0, 0, 0]],
    ['R6', [toc(31, 3)]],
    ['R6', [toc(31, 3), 0x41]],
    ['R6', [toc(31, 3), 0x41, 9, 1]],
    ['R6', [toc(31, 3), 2, 1, 2, 3]],
    ['R7', [toc(31, 3), 0x82, 9, 1]],
  ])('breaks requirement %s: %j', (requirement, bytes) => {
    expect(() => parseOpusPacket(Uint8Array.from(bytes))).toThrow(MalformedOpusPacketError);
    expect(() => parseOpusPacket(Uint8Array.from(bytes))).toThrow(requirement);
  });

  it.each([
    { sampleRateHz: 8000, ms: 60, bitrateKbps: 24 },
    { sampleRateHz: 16000, ms: 40, bitrateKbps: 32 },
    { sampleRateHz: 24000, ms: 10, bitrateKbps: 64 },
    { sampleRateHz: 48000, ms: 2.5, bitrateKbps: 96 },
    { sampleRateHz: 48000, ms: 20, bitrateKbps: 64 },
  ])('agrees with what libopus makes: $sampleRateHz Hz, $ms ms', ({ sampleRateHz, ms, bitrateKbps }) => {
    const encoder = new OpusEncoder({
      bitrateKbps,
      sampleRateHz,
      samplesPerFrame: (sampleRateHz * ms) / 1000,
    });
    const pcm = Int16Array.from({ length: encoder.frameSamples }, (_, n) => 9000 * Math.sin(n / 9));
    const info = parseOpusPacket(encoder.encode(pcm));
    expect(info.durationMs).toBe(ms);
    expect(opusBandwidthHz[info.bandwidth]).toBeLessThanOrEqual(sampleRateHz / 2);
    expect(info.stereo).toBe(false);
  });

  it('never crashes the reader, and what it reads fits into the packet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1400 }), (packet) => {
        try {
          const info = parseOpusPacket(packet);
          expect(info.frameBytes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(packet.length);
          expect(info.durationMs).toBeLessThanOrEqual(120);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedOpusPacketError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
