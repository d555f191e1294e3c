import { describe, expect, it } from 'vitest';
import { Reception } from './reception.ts';

function receive(packets: number): Reception {
  const reception = new Reception();
  for (let n = 0; n < packets; n += 1) {
    reception.handlers.onAudio({
      sequenceNumber: n,
      // 20 ms each, and as much left out after it (DTX).
      timestamp: n * 1920,
      ssrc: 1,
      payload: Buffer.from([0xf8, 1]),
    } as Parameters<Reception['handlers']['onAudio']>[0]);
  }
  return reception;
}

describe('what a listener has got', () => {
  it('is counted in packets, and in the time that its sound lasts', () => {
    expect(receive(3).counts()).toEqual({ packets: 3, soundMs: 100, videoPackets: 0 });
  });

  it('goes on counting when something was taken', () => {
    const reception = receive(1);
    expect(reception.take(['packets']).packets).toHaveLength(1);
    expect(reception.take(['packets']).packets).toHaveLength(0);
    expect(reception.counts()).toMatchObject({ packets: 1, soundMs: 20 });
  });
});
