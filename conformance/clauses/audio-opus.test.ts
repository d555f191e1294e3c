import { describe, expect, it } from 'vitest';
import type { RunContext } from '../run/context.ts';
import type { ProbedTrack } from '../scenarios/probe-room.ts';
import { opusClauses } from './audio-opus.ts';

const asPromised: ProbedTrack = {
  wanted: { bitrateKbps: 64, sampleRateHz: 48000, samples: 960 },
  bitrateKbps: 64.2,
  frameDurationsMs: [20],
  timestampSteps: [960],
  bandwidths: ['FB'],
  probes: [{ hz: 1000, gainDb: 0 }],
  latenessMs: 0,
};

function outcomeOf(track: Partial<ProbedTrack>, bars?: object) {
  return runWith('audio.opus.defaults', { ...asPromised, ...track }, bars);
}

function runWith(id: string, measured: unknown, bars?: object) {
  const clause = opusClauses.find((one) => one.id === id)!;
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

describe('bots that were late', () => {
  const late = { ...asPromised, latenessMs: 80 };

  it('are why what is not as it should be is not held against a server', async () => {
    expect(await outcomeOf({ ...late, bitrateKbps: 32 }, {})).toMatchObject({
      verdict: 'error',
      reason: expect.stringContaining('late by 80.0 ms'),
    });
    expect(await outcomeOf(late, {})).toMatchObject({ verdict: 'pass' });
  });

  it.each([
    ['audio.opus.bitrate', { bitrateKbps: 32 }],
    ['audio.opus.frame-duration', { timestampSteps: [960, 1920] }],
    ['audio.opus.bandwidth', { probes: [{ hz: 1000, gainDb: -60 }] }],
  ])('in one of several rooms are enough: %s', async (id, wrong) => {
    const track = { ...asPromised, ...wrong };
    expect(await runWith(id, [asPromised, track])).toMatchObject({ verdict: 'fail' });
    expect(await runWith(id, [late, track])).toMatchObject({ verdict: 'error' });
  });
});
