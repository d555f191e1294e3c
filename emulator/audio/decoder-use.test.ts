import { describe, expect, it, vi } from 'vitest';
import { OpusDecoder } from '../../media/opus.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import { Talker } from './test-talker.ts';

vi.mock('../../media/opus.ts', { spy: true });

describe('the decoder of a jitter buffer', () => {
  it('is made with the first packet that is played, and only then', () => {
    const buffer = new JitterBuffer({ blockSamples: 960, earlinessFloorMs: 5, maxDelayMs: 240 });
    const out = new Int16Array(960);
    buffer.pull(out, 0);
    expect(OpusDecoder).not.toHaveBeenCalled();
    const talker = new Talker(457);
    for (let block = 1; block < 10; block += 1) {
      buffer.push(talker.packet(), block * 20 - 10);
      buffer.pull(out, block * 20);
    }
    expect(OpusDecoder).toHaveBeenCalledOnce();
  });
});
