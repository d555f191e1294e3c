import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RtpHeader, RtpPacket } from 'werift';
import { readRtpHeader, writeRtpHeader } from './rtp-packet.ts';

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
        expect(readRtpHeader(writeRtpHeader(written))).toMatchObject({
          ...written,
          payloadOffset: 12,
          padding: false,
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
            new RtpHeader({ ...fields, csrc, extensions }),
            Buffer.from('payload'),
          );
          const bytes = packet.serialize();
          const read = readRtpHeader(bytes);
          expect(read).toMatchObject(fields);
          expect(bytes.subarray(read?.payloadOffset).toString()).toBe('payload');
        },
      ),
    );
  });

  it('are refused where they are cut off, and nothing throws', () => {
    const full = new RtpPacket(
      new RtpHeader({ ssrc: 1, csrc: [1, 2], extensions: [{ id: 1, payload: Buffer.alloc(8) }] }),
      Buffer.alloc(0),
    ).serialize();
    for (let length = 0; length < full.length; length += 1) {
      expect(readRtpHeader(full.subarray(0, length))).toBeUndefined();
    }
    expect(readRtpHeader(full)?.payloadOffset).toBe(full.length);
  });
});
