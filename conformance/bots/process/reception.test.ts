import { describe, expect, it } from 'vitest';
import { Reception } from './reception.ts';

/** Packets of one 20 ms frame, of one 10 ms frame, of three 20 ms frames (RFC 6716 §3.1, §3.2). */
const packets = { of20: [0xf8, 1], of10: [0xf0, 1], of60: [0xfb, 0x03, 1, 2, 3], none: [] };

function receive(...kinds: (keyof typeof packets)[]): Reception {
  const reception = new Reception();
  kinds.forEach((kind, sequenceNumber) => {
    reception.handlers.onAudio({
      sequenceNumber,
      timestamp: 0,
      ssrc: 1,
      payload: Buffer.from(packets[kind]),
    } as Parameters<Reception['handlers']['onAudio']>[0]);
  });
  return reception;
}

describe('what a listener has got', () => {
  it('is counted in packets, and in sound as they say it', () => {
    expect(receive('of20', 'of10', 'of10', 'of60').counts()).toEqual({
      packets: 4,
      soundMs: 100,
      videoPackets: 0,
    });
  });

  it('counts what is no Opus as the usual packet, so that nobody waits for ever', () => {
    expect(receive('none', 'none').counts()).toMatchObject({ packets: 2, soundMs: 40 });
  });

  it('goes on counting when something was taken', () => {
    const reception = receive('of20');
    expect(reception.take(['packets']).packets).toHaveLength(1);
    expect(reception.take(['packets']).packets).toHaveLength(0);
    expect(reception.counts()).toMatchObject({ packets: 1, soundMs: 20 });
  });
});
