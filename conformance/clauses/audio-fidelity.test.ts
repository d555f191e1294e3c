import { describe, expect, it } from 'vitest';
import { outcomeOn } from '../run/testing.ts';
import { fidelityClauses } from './audio-fidelity.ts';

const sent = [
  { name: 'alice', frequenciesHz: [333] },
  { name: 'bob', frequenciesHz: [1284] },
];

/** A second of a tone at another pitch, beside which there is another one. */
function heard(hz: number, ppm: number, besideDb = -100): Float32Array {
  return Float32Array.from({ length: 48_000 }, (_, n) => {
    const turns = (2 * Math.PI * n) / 48_000;
    return (
      0.1 * Math.sin(turns * hz * (1 + ppm / 1e6)) + 0.1 * 10 ** (besideDb / 20) * Math.sin(turns * 2500)
    );
  });
}

/** In each member’s track the other one is heard. */
const room = (inAlices: Float32Array, inBobs: Float32Array) => ({
  sent,
  tracks: [
    { label: 'alice', recording: { pcm: inAlices } },
    { label: 'bob', recording: { pcm: inBobs } },
  ],
  ...{ sound: { type: 'sound', title: '', sounds: [] }, latenessMs: 0 },
});

describe('the pitch of what is heard', () => {
  it.each([
    ['as sent', 0, 'pass'],
    ['a little higher', 80, 'pass'],
    ['too high', 150, 'fail'],
    ['too low', -150, 'fail'],
    ['nowhere near', 20_000, 'fail'],
  ])('is %s: %#', async (_case, ppm, verdict) => {
    const measured = room(heard(1284, 0), heard(333, ppm));
    expect(await outcomeOn(fidelityClauses, 'audio.pitch', measured, { pitchPpm: 100 })).toMatchObject({
      verdict,
    });
    expect(await outcomeOn(fidelityClauses, 'audio.pitch', measured)).toMatchObject({ verdict: 'observed' });
  });
});

describe('what is beside loud tones', () => {
  it.each([
    ['is nothing', room(heard(1284, 0), heard(333, 0)), 'pass'],
    ['is too much in one track', room(heard(1284, 0, -10), heard(333, 0)), 'fail'],
    ['is too much in the other', room(heard(1284, 0), heard(333, 0, -10)), 'fail'],
    ['is one who hears itself', room(heard(333, 0), heard(333, 0)), 'fail'],
  ])('%s: %#', async (_case, measured, verdict) => {
    const bars = { distortionDb: -20 };
    expect(await outcomeOn(fidelityClauses, 'audio.loud.distortion', measured, bars)).toMatchObject({
      verdict,
    });
  });
});
