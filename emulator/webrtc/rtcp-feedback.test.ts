import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  GenericNack,
  PictureLossIndication,
  type ReceiverEstimatedMaxBitrate,
  RtcpPacketConverter,
  RtcpPayloadSpecificFeedback,
  RtcpTransportLayerFeedback,
} from 'werift';
import { readRtcp, writeReceiverReport } from './rtcp.ts';
import { writeMaximumBitrate, writeNack, writePictureLoss } from './rtcp-feedback.ts';

const behindReport = (feedback: Buffer) => Buffer.concat([writeReceiverReport(1, 'name'), feedback]);

describe('writePictureLoss', () => {
  it('is understood by another implementation, and by ourselves', () => {
    const bytes = behindReport(writePictureLoss(1, 0xdeadbeef));
    const packet = RtcpPacketConverter.deSerialize(bytes).at(-1) as RtcpPayloadSpecificFeedback;
    expect(packet).toBeInstanceOf(RtcpPayloadSpecificFeedback);
    expect(packet.feedback).toMatchObject({ senderSsrc: 1, mediaSsrc: 0xdeadbeef });
    expect(readRtcp(bytes).keyframeRequests).toEqual([0xdeadbeef]);
  });
});

describe('writeNack', () => {
  const ascending = fc
    .tuple(fc.nat(65535), fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 100 }))
    .map(([first, steps]) => {
      let at = first;
      return [first, ...steps.map((step) => (at = (at + step) & 0xffff))];
    });

  it('is understood by another implementation, over the wrap too', () => {
    fc.assert(
      fc.property(ascending, (sequenceNumbers) => {
        const bytes = behindReport(writeNack(1, 9, sequenceNumbers));
        const packet = RtcpPacketConverter.deSerialize(bytes).at(-1) as RtcpTransportLayerFeedback;
        const nack = packet.feedback as GenericNack;
        expect(nack.mediaSourceSsrc).toBe(9);
        // The other implementation does not wrap within a mask.
        expect(nack.lost.map((number) => number & 0xffff)).toEqual(sequenceNumbers);
        expect(readRtcp(bytes).missing).toEqual([{ ssrc: 9, sequenceNumbers }]);
      }),
    );
  });

  it('stays within one datagram, whatever is asked for', () => {
    const everyTwentieth = Array.from({ length: 3000 }, (_, index) => (index * 20) & 0xffff);
    const packet = writeNack(1, 9, everyTwentieth);
    expect(packet.length).toBeLessThan(1100);
    expect(readRtcp(packet).missing[0]?.sequenceNumbers).toEqual(everyTwentieth.slice(0, 256));
  });
});

describe('writeMaximumBitrate', () => {
  it('is understood by another implementation, rounded down a little', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (bitsPerSecond) => {
        const bytes = behindReport(writeMaximumBitrate(1, [2, 3], bitsPerSecond));
        const packet = RtcpPacketConverter.deSerialize(bytes).at(-1) as RtcpPayloadSpecificFeedback;
        const feedback = packet.feedback as ReceiverEstimatedMaxBitrate;
        expect(feedback).toMatchObject({ uniqueID: 'REMB', ssrcFeedbacks: [2, 3] });
        const read = Number(feedback.bitrate);
        expect(read).toBeLessThanOrEqual(bitsPerSecond);
        expect(read).toBeGreaterThan(bitsPerSecond * (1 - 2 ** -17) - 1);
      }),
    );
  });
});

describe('readRtcp', () => {
  it('reads the feedback of another implementation', () => {
    const nack = new RtcpTransportLayerFeedback({
      feedback: new GenericNack({ senderSsrc: 1, mediaSourceSsrc: 2, lost: [10, 11, 26, 40] }),
    });
    const loss = new RtcpPayloadSpecificFeedback({
      feedback: new PictureLossIndication({ senderSsrc: 1, mediaSsrc: 2 }),
    });
    expect(readRtcp(Buffer.concat([nack.serialize(), loss.serialize()]))).toMatchObject({
      keyframeRequests: [2],
      missing: [{ ssrc: 2, sequenceNumbers: [10, 11, 26, 40] }],
    });
  });

  it('reads a FIR, whose streams stand in its items (RFC 5104 §4.3.1)', () => {
    const request = Buffer.from('84ce00060000000100000000000000070100000000000008ff000000', 'hex');
    expect(readRtcp(request).keyframeRequests).toEqual([7, 8]);
    const short = Buffer.from('84ce0003000000010000000000000007', 'hex');
    expect(readRtcp(short).keyframeRequests).toEqual([]);
  });

  it('steps over feedback it does not know or that ends early', () => {
    const remb = Buffer.from('8fce00050000000100000000524d4242010a000000000002', 'hex');
    const tooShort = Buffer.from('81ce000100000001', 'hex');
    const loss = writePictureLoss(1, 3);
    expect(readRtcp(Buffer.concat([remb, tooShort, loss]))).toMatchObject({
      keyframeRequests: [3],
      missing: [],
    });
  });

  it('never throws, however feedback is cut and lied about', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(205, 206),
        fc.nat(31),
        fc.nat(400),
        fc.uint8Array({ maxLength: 120 }),
        (type, format, words, body) => {
          const header = Buffer.from([0x80 | format, type, words >> 8, words & 0xff]);
          expect(readRtcp(Buffer.concat([header, body])).reports).toEqual([]);
        },
      ),
    );
  });
});
