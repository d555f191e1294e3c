import { describe, expect, it } from 'vitest';
import { SentHistory } from './sent-history.ts';

const datagram = (number: number) => Buffer.from([number >> 8, number & 0xff]);

function filled(from: number, count: number): SentHistory {
  const history = new SentHistory();
  for (let i = 0; i < count; i += 1) history.add((from + i) % 65536, datagram((from + i) % 65536));
  return history;
}

describe('SentHistory', () => {
  it('has the last 512 packets, over the wrap', () => {
    const history = filled(65300, 1000);
    const last = (65300 + 999) % 65536;
    expect(history.take(last, 0)).toEqual(datagram(last));
    expect(history.take((last - 511 + 65536) % 65536, 0)).toEqual(datagram((last - 511 + 65536) % 65536));
    expect(history.take((last - 512 + 65536) % 65536, 0)).toBeUndefined();
    expect(history.take(last + 1, 0)).toBeUndefined();
  });

  it('answers one question once, and a later one again', () => {
    const history = filled(0, 10);
    expect([0, 5, 9.9].map((nowMs) => history.take(4, nowMs) !== undefined)).toEqual([true, false, false]);
    expect(history.take(4, 10)).toEqual(datagram(4));
    expect(history.take(5, 10)).toEqual(datagram(5));
  });

  it('does not send one packet for ever', () => {
    const history = filled(0, 1);
    let sent = 0;
    for (let nowMs = 0; nowMs < 10000; nowMs += 20) if (history.take(0, nowMs) !== undefined) sent += 1;
    expect(sent).toBe(8);
  });
});
