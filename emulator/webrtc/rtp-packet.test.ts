import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RtpPacket, RtpHeader as WeriftHeader } from 'werift';
import { isRtcp, readRtpHeader, withoutPadding, writeRtpHeader } from './rtp-packet.ts';

const header = fc.record({
  payloadType: fc.nat(127),
  marker: fc.boolean(),
  sequenceNumber: fc.nat(65535),
  timestamp: fc.nat(2 ** 32 - 1),
  ssrc: fc.nat(2 ** 32 - 1),
});

describe('RTP headers', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(header, (written) => {
        expect(readRtpHeader(writeRtpHeader(written))).toEqual({
          ...written,
          headerLength: 12,
          padded: false,
        });
      }),
    );
  });

  it('are read past contributing sources and extensions', () => {
    fc.assert(
      fc.property(
        header,
        fc.array(fc.nat(2 ** 32 - 1), { maxLength: 15 }),
        fc.nat(15),
        (fields, csrc, size) => {
          const extensions = [{ id: 3, payload: Buffer.alloc(size + 1) }];
          const packet = new RtpPacket(
            new WeriftHeader({ ...fields, csrc, extensions }),
            Buffer.from('payload'),
          );
          const bytes = packet.serialize();
          const read = readRtpHeader(bytes);
          expect(read).toMatchObject(fields);
          expect(bytes.subarray(read?.headerLength).toString()).toBe('payload');
        },
      ),
    );
  });

  it('are refused where they are cut off, and nothing throws', () => {
    const full = new RtpPacket(
      new WeriftHeader({ ssrc: 1, csrc: [1, 2], extensions: [{ id: 1, payload: Buffer.alloc(8) }] }),
      Buffer.alloc(0),
    ).serialize();
    for (let length = 0; length < full.length; length += 1) {
      expect(readRtpHeader(full.subarray(0, length))).toBeUndefined();
    }
    expect(readRtpHeader(full)?.headerLength).toBe(full.length);
  });
});

describe('withoutPadding', () => {
  it.each([
    ['no padding', [1, 2], false, [1, 2]],
    ['padding', [1, 2, 0, 2], true, [1, 2]],
    ['nothing but padding', [0, 0, 3], true, []],
    ['a count of zero', [1, 0], true, undefined],
    ['a count beyond the payload', [1, 3], true, undefined],
    ['no payload', [], true, undefined],
  ])('with %s', (_what, payload, padded, expected) => {
    const bytes = expected && Buffer.from(expected);
    expect(withoutPadding(Buffer.from(payload), padded)).toEqual(bytes);
  });
});

describe('isRtcp', () => {
  it('takes the types of RFC 5761 and nothing else', () => {
    const types = Array.from({ length: 256 }, (_, type) => type).filter((type) =>
      isRtcp(Buffer.from([0x80, type])),
    );
    expect([types[0], types.at(-1), types.length]).toEqual([192, 223, 32]);
    expect(isRtcp(Buffer.from([0x80]))).toBe(false);
  });
});
