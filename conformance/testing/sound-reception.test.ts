import { describe, expect, it } from 'vitest';
import { nowNs } from '../bots/process/pacer.ts';
import { toneSignature } from '../bots/signatures/catalogue.ts';
import { toneClip } from '../bots/tone-clip.ts';
import { SoundReception } from './sound-reception.ts';

const { packets } = toneClip('alice', toneSignature(0), -6).clip;

function send(reception: SoundReception, from: number, until: number): void {
  for (let n = from; n < until; n += 1) {
    const payload = Buffer.from(packets[n % packets.length]!);
    reception.add({ ssrc: 1, sequenceNumber: n, timestamp: n * 960, payload });
  }
}

describe('SoundReception', () => {
  it('gives only what has come since a moment, and no more than is asked for', () => {
    const reception = new SoundReception();
    expect(reception.newest(nowNs(), 400)).toHaveLength(0);
    send(reception, 0, 10);
    const since = nowNs();
    expect(reception.newest(since, 400)).toHaveLength(0);
    send(reception, 10, 15);
    expect(reception.newest(since, 400)).toHaveLength(5 * 960);
    send(reception, 15, 40);
    expect(reception.newest(since, 400)).toHaveLength(20 * 960);
  });

  it('decodes it with what came before: a tone is as loud at the start as at the end', () => {
    const reception = new SoundReception();
    send(reception, 0, 20);
    const since = nowNs();
    send(reception, 20, 40);
    const pcm = reception.newest(since, 400);
    const peaks = [0, 19].map((frame) => Math.max(...pcm.subarray(frame * 960, (frame + 1) * 960)));
    expect(peaks[0]! / peaks[1]!).toBeCloseTo(1, 1);
  });

  it('fills what was lost with silence', () => {
    const reception = new SoundReception();
    const since = nowNs();
    send(reception, 0, 5);
    send(reception, 10, 15);
    const pcm = reception.newest(since, 400);
    expect(pcm).toHaveLength(15 * 960);
    expect(Math.max(...pcm.subarray(5 * 960, 10 * 960))).toBe(0);
  });
});
