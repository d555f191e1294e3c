import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinAnnexB } from '../../media/h264/nal.ts';
import { packetizeH264 } from '../../media/h264/rtp-packetizer.ts';
import { spsOf } from '../../media/h264/test-sps.ts';
import { AnnouncedPicture } from './announced-picture.ts';

const pps = Buffer.of(0x68, 0xce, 0x3c, 0x80);
const size = { width: 640, height: 368 };
/** So long that it is sent in pieces. */
const idrSlice = Buffer.alloc(3000, 0x65);
const slice = Buffer.alloc(100, 0x41);

function push(announced: AnnouncedPicture, ...nals: Buffer[]): void {
  for (const { payload } of packetizeH264(joinAnnexB(nals))) announced.push(payload);
}

describe('an announced picture', () => {
  it('has the size of the SPS in front of the newest keyframe', () => {
    const announced = new AnnouncedPicture();
    push(announced, slice);
    expect(announced.size).toBeUndefined();
    push(announced, spsOf(size), pps);
    expect(announced.size).toBeUndefined();
    push(announced, spsOf(size), pps, idrSlice);
    expect(announced.size).toEqual(size);
    push(announced, spsOf({ width: 320, height: 192 }), pps, idrSlice.subarray(0, 100));
    expect(announced.size).toEqual({ width: 320, height: 192 });
    expect(announced.parameterSets).toEqual([spsOf({ width: 320, height: 192 }), pps]);
  });

  it('takes the parameter sets of the SDP, and forgets them with their publisher', () => {
    const announced = new AnnouncedPicture();
    announced.restart([spsOf(size), pps]);
    expect([announced.size, announced.parameterSets]).toEqual([undefined, [spsOf(size), pps]]);
    push(announced, idrSlice);
    expect(announced.size).toEqual(size);
    announced.restart([]);
    expect(announced.parameterSets).toEqual([]);
  });

  it('keeps its size where a picture is too large to be shown', () => {
    const announced = new AnnouncedPicture();
    push(announced, spsOf(size), pps, idrSlice);
    push(announced, spsOf({ width: 7680, height: 4320 }), pps, idrSlice);
    expect(announced.size).toEqual(size);
  });

  it('takes anything', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (payloads) => {
        const announced = new AnnouncedPicture();
        announced.restart(payloads);
        for (const payload of payloads) announced.push(Buffer.from(payload));
        push(announced, spsOf(size), pps, idrSlice);
        expect(announced.size).toEqual(size);
      }),
    );
  });
});
