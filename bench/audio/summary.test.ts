import { describe, expect, it } from 'vitest';
import type { Contender } from './contender.ts';
import { type Observed, toMeasurement } from './measurement.ts';
import type { Round } from './run.ts';
import { figureOf } from './summary.ts';

const contender: Contender = {
  id: 'webrtc',
  title: 'WebRTC',
  bar: { members: 2, cpuPerParticipantSecond: 0.008 },
  measure: () => Promise.reject(new Error('not used')),
};

function round(cpuPerParticipantSecond: number, changed: Partial<Observed> = {}): Round {
  const cpuSeconds = cpuPerParticipantSecond * 20;
  return toMeasurement({ cpuSeconds, seconds: 10, packets: [500, 500], bytes: 160_000, ...changed });
}

function figure(rounds: readonly Round[], members = 2) {
  return figureOf({ contender: 'webrtc', members, rounds }, contender);
}

describe('the figure of several rounds', () => {
  it('is their median, so that one disturbed round changes little', () => {
    const { cpuPerParticipantSecond, spread } = figure([round(0.006), round(0.05), round(0.007)]);
    expect(cpuPerParticipantSecond).toBeCloseTo(0.007);
    expect(spread).toBeCloseTo(0.044 / 0.007);
  });

  it('leaves out invalid and failed rounds, and says what they were', () => {
    const invalid = round(0.001, { packets: [500, 0] });
    const result = figure([invalid, round(0.006), { error: 'the emulator ended (code 1)' }]);
    expect(result.cpuPerParticipantSecond).toBeCloseTo(0.006);
    expect(result.problems).toHaveLength(2);
    expect(result.problems[1]).toBe('the emulator ended (code 1)');
  });

  it('is missing, and no bar is judged, where no round was valid', () => {
    const result = figure([{ error: 'no' }]);
    expect(result.cpuPerParticipantSecond).toBeUndefined();
    expect(result.bar).toEqual({ members: 2, cpuPerParticipantSecond: 0.008, holds: undefined });
  });

  it.each([
    [0.0079, true],
    [0.0081, false],
  ])('holds the bar of 0.008 or not: %d', (value, holds) => {
    expect(figure([round(value)]).bar?.holds).toBe(holds);
  });

  it('has no bar where the promise is for another size of the room', () => {
    expect(figure([round(0.02)], 10).bar).toBeUndefined();
  });
});
