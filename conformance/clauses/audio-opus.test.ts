import { describe, expect, it } from 'vitest';
import type { RunContext } from '../run/context.ts';
import { opusClauses } from './audio-opus.ts';
import type { TrackMeasurement } from './support/track-measurement.ts';

const asPromised: TrackMeasurement = {
  wanted: { bitrateKbps: 64, sampleRateHz: 48000, samples: 960 },
  bitrateKbps: 64.2,
  frameDurationsMs: [20],
  timestampSteps: [960],
  bandwidths: ['FB'],
  probes: [{ hz: 1000, gainDb: 0 }],
};

function outcomeOf(track: Partial<TrackMeasurement>, bars?: object) {
  const clause = opusClauses.find(({ id }) => id === 'audio.opus.defaults')!;
  const measured = { ...asPromised, ...track };
  return clause.run({ target: { bars }, use: async () => measured } as unknown as RunContext);
}

describe('audio.opus.defaults', () => {
  it.each([
    ['all is as in configured rooms', {}, 'pass'],
    ['the bit rate is another one', { bitrateKbps: 32 }, 'fail'],
    ['the packets are shorter', { frameDurationsMs: [10], timestampSteps: [480] }, 'fail'],
    ['nothing above 4 kHz is there', { probes: [{ hz: 10_000, gainDb: -60 }] }, 'fail'],
  ])('of a target that promises it, where %s: %#', async (_case, track, verdict) => {
    expect(await outcomeOf(track, {})).toMatchObject({ verdict });
  });

  it('records what any other target does', async () => {
    expect(await outcomeOf({ bitrateKbps: 32 })).toMatchObject({
      verdict: 'observed',
      actual: '32.0 kbit/s, packets of 20 ms, bandwidth FB',
    });
  });
});
