import { describe, expect, it } from 'vitest';
import { H264Decoder } from './h264-decoder.ts';
import { H264Encoder } from './h264-encoder.ts';
import { H264Error } from './h264-error.ts';
import { type I420Image, planesOf } from './i420.ts';
import { I420Buffer } from './i420-buffer.ts';
import { encodeJpeg } from './jpeg.ts';
import { nalsOfAnnexB, nalType } from './nal.ts';
import { loadNodeAv } from './node-av.ts';
import { readSps } from './sps.ts';
import { colourAt, encodeAll, moving, solid } from './test-pictures.ts';

const size = { width: 320, height: 180 };
const types = (accessUnit: Uint8Array) => [...nalsOfAnnexB(accessUnit)].map((nal) => nalType(nal));

function meanDifference(a: I420Image, b: I420Image): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i += 1) sum += Math.abs(a.data[i]! - b.data[i]!);
  return sum / a.data.length;
}

describe('H264Encoder and H264Decoder', () => {
  it('give every picture back at once, nearly as it was', async () => {
    const pictures = Array.from({ length: 10 }, (_, i) => moving(size, i));
    const decoder = await H264Decoder.open();
    for (const [i, accessUnit] of (await encodeAll(pictures, { bitrateKbps: 4000 })).entries()) {
      expect(await decoder.decode(accessUnit)).toBe(true);
      expect(meanDifference(decoder.picture!.toImage(), pictures[i]!)).toBeLessThan(4);
    }
    decoder.close();
  });

  it('keep U and V apart, and the range limited', async () => {
    const [accessUnit] = await encodeAll([solid(size, [120, 60, 200])]);
    const decoder = await H264Decoder.open();
    await decoder.decode(accessUnit!);
    const [y, u, v] = colourAt(planesOf(decoder.picture!.toImage()), 100, 100);
    expect(Math.abs(y - 120) + Math.abs(u - 60) + Math.abs(v - 200)).toBeLessThan(6);
    expect(decoder.picture!.fullRange).toBe(false);
    decoder.close();
  });

  it('make constrained baseline of level 3.1 with parameter sets before each keyframe, and no B-frames', async () => {
    const nodeAv = await loadNodeAv();
    const buffer = new I420Buffer(nodeAv, size);
    buffer.write(moving(size, 0));
    const encoder = await H264Encoder.open({ ...size, fps: 25, bitrateKbps: 500 });
    const pictures = [];
    for (let i = 0; i < 8; i += 1) pictures.push(await encoder.encode(buffer, { keyframe: i === 5 }));
    expect(pictures.map(({ keyframe }) => keyframe)).toEqual([1, 0, 0, 0, 0, 1, 0, 0].map(Boolean));
    expect(pictures.map(({ data }) => types(data).filter((type) => type !== 6))).toEqual([
      [7, 8, 5],
      [1],
      [1],
      [1],
      [1],
      [7, 8, 5],
      [1],
      [1],
    ]);
    const sps = [...nalsOfAnnexB(pictures[5]!.data)][0]!;
    expect(readSps(sps)).toEqual({ id: 0, profileIdc: 66, levelIdc: 31, width: 320, height: 180 });
    expect(sps.subarray(1, 4).toString('hex'), 'profile-level-id').toBe('42e01f');
    encoder.close();
    buffer.close();
  });

  it('follow a change of size in mid-stream', async () => {
    const small = await encodeAll([moving(size, 0), moving(size, 1)]);
    const tall = { width: 180, height: 320 };
    const decoder = await H264Decoder.open();
    for (const accessUnit of [...small, ...(await encodeAll([moving(tall, 0)]))])
      await decoder.decode(accessUnit);
    expect(decoder.picture).toMatchObject(tall);
    decoder.close();
  });

  it('take and give the same on the calling thread', async () => {
    const accessUnits = await encodeAll([moving(size, 0), moving(size, 1)]);
    const decoder = H264Decoder.openSync(await loadNodeAv());
    expect(accessUnits.map((accessUnit) => decoder.decodeSync(accessUnit))).toEqual([true, true]);
    decoder.close();
  });

  it('are ended by what cannot be decoded, and say so', async () => {
    const decoder = await H264Decoder.open();
    await expect(decoder.decode(Buffer.from('000000016500ff', 'hex'))).rejects.toThrow(H264Error);
    expect(decoder.closed).toBe(true);
    await expect(decoder.decode((await encodeAll([moving(size, 0)]))[0]!)).rejects.toThrow(/closed/);
  });

  it('may be closed at any time, more than once', async () => {
    const accessUnits = await encodeAll([moving(size, 0), moving(size, 1)]);
    const decoder = await H264Decoder.open();
    const results = Promise.allSettled(accessUnits.map((accessUnit) => decoder.decode(accessUnit)));
    decoder.close();
    decoder.close();
    expect((await results).every(({ status }) => status === 'rejected')).toBe(true);
    expect(decoder.picture).toBeUndefined();
  });

  it('do not hand out a picture that is gone', async () => {
    const accessUnits = await encodeAll([moving(size, 0), moving(size, 1)]);
    const decoder = await H264Decoder.open();
    await decoder.decode(accessUnits[0]!);
    const first = decoder.picture!;
    await decoder.decode(accessUnits[1]!);
    expect(() => first.planes).toThrow(/gone/);
    const second = decoder.picture!;
    decoder.close();
    expect(() => second.toImage()).toThrow(/gone/);
  });

  it.each([
    [{ width: 321, height: 180 }, /no even size/],
    [{ width: 0, height: 0 }, /no even size/],
    [{ fps: 0 }, /pictures per second/],
    [{ bitrateKbps: Number.NaN }, /kbit/],
    [{ keyframeInterval: 0.5 }, /keyframe every/],
  ])('refuse impossible options: %o', async (wrong, reason) => {
    await expect(H264Encoder.open({ ...size, fps: 25, bitrateKbps: 500, ...wrong })).rejects.toThrow(reason);
  });

  it('refuse a picture of another size, and go on', async () => {
    const nodeAv = await loadNodeAv();
    const encoder = await H264Encoder.open({ ...size, fps: 25, bitrateKbps: 500 });
    const [right, wrong] = [new I420Buffer(nodeAv, size), new I420Buffer(nodeAv, { width: 64, height: 64 })];
    await expect(encoder.encode(wrong)).rejects.toThrow(RangeError);
    right.write(moving(size, 0));
    expect((await encoder.encode(right)).keyframe).toBe(true);
    for (const one of [encoder, right, wrong]) one.close();
    expect(() => right.planes).toThrow(/closed/);
  });
});

describe('encodeJpeg', () => {
  it('makes a file that begins and ends as JPEG does', async () => {
    const buffer = new I420Buffer(await loadNodeAv(), size);
    buffer.write(solid(size, [120, 60, 200]));
    const file = await encodeJpeg(buffer);
    expect(file.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(file.subarray(-2).toString('hex')).toBe('ffd9');
    buffer.close();
  });
});
