import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  RtcpPacketConverter,
  RtcpReceiverInfo,
  RtcpRrPacket,
  RtcpSenderInfo,
  type RtcpSourceDescriptionPacket,
  RtcpSrPacket,
} from 'werift';
import { ntpMiddle, readRtcp, roundTripMs, writeReceiverReport, writeSenderReport } from './rtcp.ts';

const report = { ssrc: 5, fractionLost: 12, packetsLost: 345, highestSequence: 70000, jitter: 99 };

describe('writeSenderReport', () => {
  const wallClockMs = Date.UTC(2024, 0, 1) + 250;
  const bytes = writeSenderReport({
    ssrc: 9,
    cname: 'someone',
    wallClockMs,
    rtpTimestamp: 123456,
    packets: 2 ** 32 + 7,
    bytes: 800,
  });

  it('is understood by another implementation', () => {
    const [sender, description] = RtcpPacketConverter.deSerialize(bytes) as [
      RtcpSrPacket,
      RtcpSourceDescriptionPacket,
    ];
    expect(sender).toBeInstanceOf(RtcpSrPacket);
    expect(sender.senderInfo).toMatchObject({ rtpTimestamp: 123456, packetCount: 7, octetCount: 800 });
    // A quarter of a second is 2^30 of the fraction; 1900 to 1970 are 2208988800 s.
    const seconds = BigInt(Date.UTC(2024, 0, 1) / 1000 + 2208988800);
    expect(sender.senderInfo.ntpTimestamp).toBe((seconds << 32n) | (1n << 30n));
    expect(description.chunks[0]).toMatchObject({ source: 9, items: [{ type: 1, text: 'someone' }] });
  });

  it('ends names of a multiple of four bytes with a zero, at a multiple of four', () => {
    for (let length = 0; length < 40; length += 4) {
      const written = writeSenderReport({
        ssrc: 1,
        cname: 'x'.repeat(length),
        wallClockMs,
        rtpTimestamp: 0,
        packets: 0,
        bytes: 0,
      });
      expect(written.length % 4).toBe(0);
      expect(written.at(-1)).toBe(0);
    }
  });
});

describe('writeReceiverReport', () => {
  it('is understood by another implementation', () => {
    const bytes = writeReceiverReport(1, 'n', [
      { reception: report, lastSender: { ntpMiddle: 0xabcdef01, agoMs: 500 } },
      { reception: { ...report, ssrc: 6 } },
    ]);
    const [receiver] = RtcpPacketConverter.deSerialize(bytes) as [RtcpRrPacket];
    expect(receiver.reports).toEqual([
      new RtcpReceiverInfo({ ...report, lsr: 0xabcdef01, dlsr: 32768 }),
      new RtcpReceiverInfo({ ...report, ssrc: 6, lsr: 0, dlsr: 0 }),
    ]);
  });

  it('says nothing of streams before there is one', () => {
    const [receiver] = RtcpPacketConverter.deSerialize(writeReceiverReport(1, 'n')) as [RtcpRrPacket];
    expect(receiver).toMatchObject({ ssrc: 1, reports: [] });
  });
});

describe('readRtcp', () => {
  it('reads what another implementation writes', () => {
    const info = new RtcpReceiverInfo({ ...report, lsr: 17, dlsr: 18 });
    const bytes = new RtcpRrPacket({ ssrc: 1, reports: [info, info] }).serialize();
    expect(readRtcp(bytes)).toMatchObject({ reports: [info, info], senders: [] });
  });

  it('reads the reports within sender reports, and what stands behind packets it does not know', () => {
    const info = new RtcpReceiverInfo({ ...report, lsr: 17, dlsr: 18 });
    const senderInfo = new RtcpSenderInfo({
      ntpTimestamp: 0x11112222_33334444n,
      rtpTimestamp: 1,
      packetCount: 2,
      octetCount: 3,
    });
    const unknown = Buffer.from('80cc0001deadbeef', 'hex');
    const sender = new RtcpSrPacket({ ssrc: 7, senderInfo, reports: [info] }).serialize();
    expect(readRtcp(Buffer.concat([unknown, sender, unknown, sender]))).toMatchObject({
      reports: [info, info],
      senders: [
        { ssrc: 7, ntpMiddle: 0x22223333 },
        { ssrc: 7, ntpMiddle: 0x22223333 },
      ],
    });
  });

  it('reads more duplicates than losses as a negative number', () => {
    const info = new RtcpReceiverInfo({ ...report, packetsLost: 2 ** 24 - 3, lsr: 0, dlsr: 0 });
    const bytes = new RtcpRrPacket({ ssrc: 1, reports: [info] }).serialize();
    expect(readRtcp(bytes).reports[0]?.packetsLost).toBe(-3);
  });

  it('is not held up by feedback that claims more packets than it lists', () => {
    // Eight runs of 8191 received packets each, without their arrival times, as often as a datagram takes.
    const feedback = Buffer.from(`8fcd0008${'00'.repeat(10)}ffff00000000${'3fff'.repeat(8)}`, 'hex');
    const startedMs = performance.now();
    expect(readRtcp(Buffer.concat(Array(38).fill(feedback)))).toEqual({
      reports: [],
      senders: [],
      keyframeRequests: [],
      missing: [],
    });
    expect(performance.now() - startedMs).toBeLessThan(100);
  });

  it('reads its own sender reports, whose time a receiver refers to', () => {
    const wallClockMs = 1700000000123;
    const bytes = writeSenderReport({
      ssrc: 3,
      cname: 'c',
      wallClockMs,
      rtpTimestamp: 1,
      packets: 1,
      bytes: 1,
    });
    expect(readRtcp(bytes).senders).toEqual([{ ssrc: 3, ntpMiddle: ntpMiddle(wallClockMs) }]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => readRtcp(Buffer.from(bytes)) !== undefined),
    );
    const good = writeReceiverReport(1, 'n', [{ reception: report }]);
    for (let length = 0; length < good.length; length += 1) readRtcp(good.subarray(0, length));
  });

  it('reads no more report blocks than there are', () => {
    const lying = writeReceiverReport(1, 'n', [{ reception: report }]);
    lying[0] = 0x80 | 31;
    expect(readRtcp(lying).reports).toHaveLength(1);
  });
});

describe('roundTripMs', () => {
  it('is the time that passed less what the other side waited, over the wrap of the clock', () => {
    for (const sentMs of [1700000000000, (2 ** 16 * 30000 - 2208988800) * 1000 - 20]) {
      const answer = {
        ...report,
        lsr: ntpMiddle(sentMs),
        dlsr: Math.round(0.1 * 65536),
      };
      expect(roundTripMs(answer, sentMs + 140)).toBeCloseTo(40, 0);
    }
  });

  it('is unknown where no sender report was heard, and never negative', () => {
    expect(roundTripMs({ ...report, lsr: 0, dlsr: 0 }, 5)).toBeUndefined();
    const early = { ...report, lsr: ntpMiddle(1000), dlsr: 65536 };
    expect(roundTripMs(early, 1500)).toBe(0);
  });
});
