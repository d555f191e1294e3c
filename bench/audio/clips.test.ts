import { describe, expect, it } from 'vitest';
import { OpusDecoder } from '../../media/opus.ts';
import { talkerClips, talkerSound } from './clips.ts';

function rmsDbfs(pcm: Int16Array): number {
  return 20 * Math.log10(Math.sqrt(pcm.reduce((sum, x) => sum + x * x, 0) / pcm.length) / 32768);
}

describe('the sound of talkers', () => {
  it('is never silent, at -26 dBFS in all', () => {
    const pcm = talkerSound(3, 48000);
    expect(rmsDbfs(pcm)).toBeCloseTo(-26, 1);
    for (let at = 0; at < pcm.length; at += 4800) {
      expect(rmsDbfs(pcm.subarray(at, at + 4800))).toBeGreaterThan(-40);
    }
  });

  it('is another for each talker, and the same in each run', () => {
    expect(talkerSound(1, 960)).toEqual(talkerSound(1, 960));
    expect(talkerSound(1, 960)).not.toEqual(talkerSound(2, 960));
  });

  it('becomes clips of 64 kbit/s in packets of 20 ms that decode to sound', () => {
    const [clip, ...others] = talkerClips(2);
    expect(others).toHaveLength(1);
    expect(clip!.packets).toHaveLength(100);
    expect(new Set(clip!.packets.map(({ length }) => length))).toEqual(new Set([160]));
    const decoder = new OpusDecoder();
    const pcm = clip!.packets.slice(0, 50).map((packet) => decoder.decode(Buffer.from(packet)).slice());
    expect(rmsDbfs(Int16Array.from(pcm.flatMap((frame) => [...frame])))).toBeGreaterThan(-29);
  });
});
