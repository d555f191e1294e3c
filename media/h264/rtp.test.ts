import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessUnit, RtpVideoPacket } from './access-unit.ts';
import { joinAnnexB, nalsOfAnnexB, nalType } from './nal.ts';
import { RtpDepacketizer } from './rtp-depacketizer.ts';
import { packetizeH264 } from './rtp-packetizer.ts';
import { encodeAll, moving, toRtp } from './test-pictures.ts';
import { spsOf } from './test-sps.ts';

const sps = spsOf({ width: 320, height: 192 });
const pps = Buffer.from('68ce3c80', 'hex');
const idr = Buffer.concat([Buffer.of(0x65), Buffer.alloc(3000, 0x77)]);
const slice = (fill: number, bytes = 100) => Buffer.concat([Buffer.of(0x41), Buffer.alloc(bytes, fill)]);
const keyframe = joinAnnexB([sps, pps, idr]);

function open() {
  const accessUnits: AccessUnit[] = [];
  const missing: number[][] = [];
  const depacketizer = new RtpDepacketizer({
    onAccessUnit: (accessUnit) => accessUnits.push(accessUnit),
    onMissing: (sequenceNumbers) => missing.push(sequenceNumbers),
  });
  const push = (packets: readonly RtpVideoPacket[], nowMs = 0) => {
    for (const packet of packets) depacketizer.push(packet, nowMs);
  };
  return { accessUnits, missing, depacketizer, push };
}

const packet = (sequenceNumber: number, payload: Buffer, marker = true, timestamp = 0): RtpVideoPacket => ({
  ssrc: 1,
  sequenceNumber,
  timestamp,
  marker,
  payload,
});

describe('packetizeH264', () => {
  it('puts parameter sets into a STAP-A and cuts a large slice into FU-A', () => {
    const parts = packetizeH264(keyframe, 1200);
    expect(parts.map(({ payload }) => nalType(payload))).toEqual([24, 28, 28, 28]);
    expect(parts.map(({ marker }) => marker)).toEqual([false, false, false, true]);
    expect(parts.slice(1).map(({ payload }) => payload[1])).toEqual([0x85, 0x05, 0x45]);
    expect(Math.max(...parts.map(({ payload }) => payload.length))).toBeLessThanOrEqual(1200);
  });

  it('sends a small slice as it is', () => {
    const [part, ...others] = packetizeH264(joinAnnexB([slice(1)]));
    expect(part).toEqual({ payload: slice(1), marker: true });
    expect(others).toEqual([]);
  });

  it('makes nothing of nothing', () => {
    expect(packetizeH264(Buffer.alloc(0))).toEqual([]);
    expect(packetizeH264(Buffer.from('000000010000000100000001', 'hex'))).toEqual([]);
    expect(() => packetizeH264(keyframe, 10)).toThrow(RangeError);
  });

  it('comes back whole from the depacketizer, whatever the NAL units and in whatever order within the window', () => {
    const nal = fc
      .tuple(fc.constantFrom(0x41, 0x06, 0x01, 0x65), fc.uint8Array({ minLength: 1, maxLength: 4000 }))
      // No start codes inside, nor zeros at the end: an encoder makes none.
      .map(([header, body]) => Buffer.of(header, ...body.map((byte) => byte | 1)));
    const picture = fc.array(nal, { minLength: 1, maxLength: 5 }).map((nals) => [sps, pps, ...nals, idr]);
    const property = fc.property(
      fc.array(picture, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 65535 }),
      fc.integer({ min: 64, max: 1400 }),
      fc.infiniteStream(fc.nat(1000)),
      (pictures, firstSequenceNumber, maxBytes, keys) => {
        const sent = pictures.map((nals) => joinAnnexB(nals));
        const packets = toRtp(sent, { firstSequenceNumber, maxBytes });
        const order = packets.map((one, i) => ({ one, key: i + (keys.next().value ?? 0) / 100 }));
        // The very first packet says where the stream begins.
        order[0]!.key = -1;
        const { accessUnits, push, depacketizer } = open();
        push(order.sort((a, b) => a.key - b.key).map(({ one }) => one));
        expect(accessUnits.map(({ data }) => data.toString('hex'))).toEqual(
          sent.map((data) => Buffer.from(data).toString('hex')),
        );
        expect(accessUnits.every(({ complete }) => complete)).toBe(true);
        expect(depacketizer.packetsLost).toBe(0);
      },
    );
    fc.assert(property, { numRuns: 60 });
  });
});

describe('RtpDepacketizer', () => {
  it('reads what x264 wrote, over the wrap of the sequence number', async () => {
    const sent = await encodeAll(Array.from({ length: 5 }, (_, i) => moving({ width: 320, height: 180 }, i)));
    const { accessUnits, push, depacketizer } = open();
    expect(depacketizer.needsKeyframe).toBe(true);
    push(toRtp(sent, { firstSequenceNumber: 65530, firstTimestamp: 2 ** 32 - 5000 }));
    expect(depacketizer.needsKeyframe).toBe(false);
    expect(accessUnits.map((one) => one.keyframe)).toEqual([true, false, false, false, false]);
    expect(accessUnits.map(({ data }) => [...nalsOfAnnexB(data)])).toEqual(
      sent.map((data) => [...nalsOfAnnexB(data)]),
    );
    expect(accessUnits[0]!.size).toEqual({ width: 320, height: 180 });
    expect(accessUnits[2]!.timestamp).toBe((2 ** 32 - 5000 + 7200) % 2 ** 32);
  });

  it('reports a gap at once, waits, and goes on when the packet comes after all', () => {
    const { accessUnits, missing, push } = open();
    const packets = toRtp([keyframe, joinAnnexB([slice(1)]), joinAnnexB([slice(2)])]);
    push(packets.filter((_, i) => i !== 2));
    expect(missing).toEqual([[2]]);
    expect(accessUnits).toEqual([]);
    push([packets[2]!], 50);
    expect(accessUnits.map(({ complete }) => complete)).toEqual([true, true, true]);
  });

  it('asks again, and then gives up: what follows needs a keyframe', () => {
    const { accessUnits, missing, push, depacketizer } = open();
    const packets = toRtp([keyframe, joinAnnexB([slice(1)]), joinAnnexB([slice(2)]), keyframe]);
    push(packets.slice(0, 4));
    push(packets.slice(5), 10);
    depacketizer.advance(55);
    expect(missing).toEqual([[4], [4]]);
    expect(accessUnits).toHaveLength(1);
    depacketizer.advance(140);
    expect(depacketizer.packetsLost).toBe(1);
    expect(accessUnits.map(({ complete, keyframe: key }) => [complete, key])).toEqual([
      [true, true],
      [false, false],
      [true, true],
    ]);
    expect(depacketizer.needsKeyframe).toBe(false);
  });

  it('calls a picture incomplete that has lost its middle, and waits for a keyframe', () => {
    const { accessUnits, push, depacketizer } = open();
    const packets = toRtp([keyframe, joinAnnexB([slice(1)])]);
    push(packets.filter((_, i) => i !== 2));
    depacketizer.advance(500);
    expect(accessUnits.map(({ complete }) => complete)).toEqual([false, false, true]);
    expect(depacketizer.needsKeyframe).toBe(true);
  });

  it('puts the parameter sets it knows in front of a keyframe that has none', () => {
    const { accessUnits, push, depacketizer } = open();
    depacketizer.addParameterSets([sps, pps]);
    push(toRtp([joinAnnexB([idr])]));
    expect([...nalsOfAnnexB(accessUnits[0]!.data)].map((nal) => nalType(nal))).toEqual([7, 8, 5]);
    expect(accessUnits[0]).toMatchObject({ complete: true, size: { width: 320, height: 192 } });
  });

  it('calls a keyframe without any parameter sets incomplete', () => {
    const { accessUnits, push } = open();
    push(toRtp([joinAnnexB([idr])]));
    expect(accessUnits[0]).toMatchObject({ complete: false, keyframe: true });
  });

  it('begins anew with another SSRC', () => {
    const { accessUnits, push, depacketizer } = open();
    push(toRtp([keyframe]));
    push(toRtp([joinAnnexB([slice(1)])], { ssrc: 2, firstSequenceNumber: 500 }));
    expect(depacketizer.needsKeyframe).toBe(true);
    push(toRtp([keyframe], { ssrc: 2, firstSequenceNumber: 501, firstTimestamp: 3600 }));
    expect(accessUnits.map(({ complete }) => complete)).toEqual([true, true, true]);
    expect(depacketizer.needsKeyframe).toBe(false);
  });

  it('follows a stream that jumps, but not a single odd packet', () => {
    const { accessUnits, push } = open();
    push(toRtp([keyframe]));
    push(toRtp([joinAnnexB([slice(1)])], { firstSequenceNumber: 30000, firstTimestamp: 9000 }));
    push(toRtp([joinAnnexB([slice(2)])], { firstSequenceNumber: 4, firstTimestamp: 3600 }));
    expect(accessUnits.map(({ complete }) => complete)).toEqual([true, true]);
    push(toRtp([joinAnnexB([slice(3)]), keyframe], { firstSequenceNumber: 20000, firstTimestamp: 90_000 }));
    expect(accessUnits.at(-1)).toMatchObject({ keyframe: true, complete: true });
  });

  it('drops what comes twice', () => {
    const { accessUnits, push } = open();
    const packets = toRtp([keyframe, joinAnnexB([slice(1)])]);
    push([...packets, ...packets]);
    expect(accessUnits).toHaveLength(2);
  });

  it('takes empty packets, which only bring padding', () => {
    const { accessUnits, push } = open();
    push([...toRtp([keyframe]), packet(4, Buffer.alloc(0), false, 0), packet(5, slice(1), true, 3600)]);
    expect(accessUnits.map(({ complete }) => complete)).toEqual([true, true]);
  });

  it.each([
    ['a STAP-A with a NAL unit of no length', '780000'],
    ['a STAP-A that is longer than itself', '78ffff41'],
    ['an empty STAP-A', '78'],
    ['a STAP-A in a STAP-A', '780003780001'],
    ['an FU-A without content', '7c85'],
    ['an FU-A that never began', '7c0541414141'],
    ['an FU-B', '7d8541414141'],
    ['an MTAP', '7a0001414141'],
    ['NAL unit type 0', '60ffff'],
    ['NAL unit type 31', '7fffff'],
    ['the forbidden bit', 'e5ffff'],
    ['a parameter set that ends too early', '67'],
  ])('counts as malformed and goes on: %s', (_, hex) => {
    const { accessUnits, push, depacketizer } = open();
    push([packet(0, Buffer.from(hex, 'hex'), true, 1)]);
    push(toRtp([keyframe], { firstSequenceNumber: 1, firstTimestamp: 3600 }));
    expect(depacketizer.malformed).toBe(1);
    expect(accessUnits.at(-1)).toMatchObject({ keyframe: true, complete: true });
    expect(accessUnits.slice(0, -1).every(({ complete }) => !complete)).toBe(true);
  });

  it('holds bounded memory whatever comes: pieces without an end, gaps without an end', () => {
    const { accessUnits, push, depacketizer } = open();
    const piece = Buffer.concat([Buffer.of(0x7c, 0x05), Buffer.alloc(1000)]);
    const start = Buffer.concat([Buffer.of(0x7c, 0x85), Buffer.alloc(1000)]);
    for (let i = 0; i < 20_000; i += 1) {
      push([packet(i & 0xffff, i === 0 ? start : piece, false)]);
    }
    expect(depacketizer.malformed).toBeGreaterThan(10_000);
    for (let i = 0; i < 5000; i += 1) push([packet((20_001 + 2 * i) & 0xffff, slice(1), false)]);
    expect(depacketizer.packetsLost).toBeGreaterThan(4000);
    push(toRtp([keyframe], { firstSequenceNumber: 30_001, firstTimestamp: 3600 }));
    depacketizer.advance(1e6);
    expect(accessUnits.at(-1)).toMatchObject({ keyframe: true, complete: true });
  });

  it('never throws, whatever the packets', () => {
    const payload = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .constantFrom(0x7c, 0x78, 0x65, 0x67, 0x68)
        .chain((first) => fc.uint8Array({ maxLength: 40 }).map((rest) => Uint8Array.from([first, ...rest]))),
    );
    const hostile = fc.record({
      ssrc: fc.constantFrom(1, 1, 1, 2),
      sequenceNumber: fc.oneof(fc.nat(20), fc.nat(65535)),
      timestamp: fc.constantFrom(0, 1, 2 ** 32 - 1),
      marker: fc.boolean(),
      payload: payload.map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 60 }), (packets) => {
        const { push, depacketizer } = open();
        packets.forEach((one, i) => {
          push([one], i * 10);
        });
        depacketizer.advance(1e6);
      }),
      { numRuns: 500 },
    );
  });
});
