import { describe, expect, it } from 'vitest';
import { decodeRecording } from '../bots/recording.ts';
import { bandProbeSignature } from '../bots/signatures/catalogue.ts';
import { encodeLoop } from '../bots/signatures/encode-loop.ts';
import { render } from '../bots/signatures/render.ts';
import {
  bandwidthHolds,
  bitrateHolds,
  frameDurationHolds,
  isAsWanted,
  measureTrack,
  type TrackMeasurement,
} from './track-measurement.ts';

const wanted = { bitrateKbps: 64, sampleRateHz: 48_000, samples: 960 };
const sound: TrackMeasurement = {
  wanted,
  bitrateKbps: 64,
  frameDurationsMs: [20],
  timestampSteps: [960],
  bandwidths: ['FB'],
  probes: [{ hz: 1000, gainDb: 0 }],
};

describe('what is measured of a track', () => {
  const levelDbfs = -12;
  const payloads = encodeLoop(render(bandProbeSignature, { seconds: 1, levelDbfs }));
  /** Packets of two seconds, without some of them; their numbers and timestamps go over the end. */
  const measured = (...lost: number[]) => {
    const packets = Array.from({ length: 100 }, (_, n) => ({
      sequenceNumber: (65_500 + n) & 0xffff,
      timestamp: (2 ** 32 - 30 * 960 + n * 960) % 2 ** 32,
      ssrc: 1,
      payload: payloads[n % payloads.length]!,
      arrivalNs: BigInt(n) * 20_000_000n,
    })).filter((_, n) => !lost.includes(n));
    return measureTrack(decodeRecording(packets), wanted, { signature: bandProbeSignature, levelDbfs });
  };

  it('is what its packets and its sound are', () => {
    const track = measured();
    const bytes = payloads.reduce((sum, payload) => sum + payload.length, 0);
    expect(track.bitrateKbps).toBeCloseTo((8 * bytes) / payloads.length / 20, 6);
    expect(track).toMatchObject({ frameDurationsMs: [20], timestampSteps: [960], bandwidths: ['FB'] });
    expect(track.probes.map(({ hz }) => hz)).toEqual(bandProbeSignature.frequenciesHz);
    for (const { gainDb } of track.probes) expect(Math.abs(gainDb)).toBeLessThan(2);
  });

  it('is not changed by a packet that was lost on the way', () => {
    expect(measured(10).timestampSteps).toEqual([960]);
  });
});

describe('a bit rate', () => {
  it.each([
    [55, true],
    [54, false],
    [73, true],
    [74, false],
  ])('of %f kbit/s is that of 64: %s', (bitrateKbps, holds) => {
    expect(bitrateHolds({ ...sound, bitrateKbps })).toBe(holds);
  });
});

describe('the duration of a packet', () => {
  it.each([
    ['as wanted', {}, true],
    ['another one', { frameDurationsMs: [10] }, false],
    ['another one now and then', { frameDurationsMs: [20, 40] }, false],
    ['by the timestamps another one', { timestampSteps: [480] }, false],
    ['by the timestamps another one now and then', { timestampSteps: [960, 1920] }, false],
  ])('is %s', (_case, change, holds) => {
    expect(frameDurationHolds({ ...sound, ...change })).toBe(holds);
  });

  it('is that of the room’s own sample rate, counted at 48 kHz', () => {
    const room = { ...wanted, sampleRateHz: 16_000, samples: 640 };
    const track = { ...sound, wanted: room, frameDurationsMs: [40], timestampSteps: [1920] };
    expect(frameDurationHolds(track)).toBe(true);
    expect(frameDurationHolds({ ...track, timestampSteps: [640] })).toBe(false);
  });
});

describe('the bandwidth of a room', () => {
  it.each([
    ['has what is well below half its sample rate', 16_000, 7100, -12, true],
    ['lacks it', 16_000, 7100, -13, false],
    ['has nothing above it', 16_000, 8100, -40, true],
    ['has something above it', 16_000, 8100, -39, false],
    ['may have what is just below it', 16_000, 7300, -60, true],
    ['goes up to the end of what Opus transmits', 48_000, 17_900, -13, false],
    ['ends there', 48_000, 20_100, -39, false],
  ])('%s: %#', (_case, sampleRateHz, hz, gainDb, holds) => {
    const track = {
      ...sound,
      wanted: { ...wanted, sampleRateHz },
      probes: [
        { hz: 300, gainDb: 0 },
        { hz, gainDb },
      ],
    };
    expect(bandwidthHolds(track)).toBe(holds);
  });
});

it.each([
  ['nothing', {}, true],
  ['the bit rate', { bitrateKbps: 32 }, false],
  ['the duration of a packet', { frameDurationsMs: [10] }, false],
  ['the bandwidth', { probes: [{ hz: 1000, gainDb: -60 }] }, false],
])('a track is as wanted where %s is wrong: %#', (_case, change, holds) => {
  expect(isAsWanted({ ...sound, ...change })).toBe(holds);
});
