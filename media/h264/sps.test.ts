import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { H264Error } from './h264-error.ts';
import { nalsOfAnnexB, nalType } from './nal.ts';
import { pictureSizeProblem, readSps } from './sps.ts';
import { encodeAll, moving } from './test-pictures.ts';
import { spsOf } from './test-sps.ts';

describe('readSps', () => {
  it.each([
    [320, 180],
    [1280, 720],
    [360, 640],
    [1920, 1080],
    [2, 2],
  ])('reads the size that x264 wrote: %ix%i', async (width, height) => {
    const [accessUnit] = await encodeAll([moving({ width, height }, 0)]);
    const sps = [...nalsOfAnnexB(accessUnit!)].find((nal) => nalType(nal) === 7)!;
    expect(readSps(sps)).toMatchObject({ width, height, profileIdc: 66 });
  });

  it.each([
    ['Chromium, OpenH264, 640x480', '6742c01e8c8d40501e900f08846a', 640, 480],
    ['a high profile, 1920x1080', '67640028acd940780227e5c044000003000400000300c83c60c658', 1920, 1080],
  ])('reads the size of %s', (_, hex, width, height) => {
    expect(readSps(Buffer.from(hex, 'hex'))).toMatchObject({ width, height });
  });

  it('reads what a larger picture says, and calls it too large', () => {
    const huge = readSps(spsOf({ width: 7680, height: 4320 }));
    expect(huge).toMatchObject({ width: 7680, height: 4320 });
    expect(pictureSizeProblem(huge)).toContain('7680x4320');
    expect(pictureSizeProblem({ width: 3840, height: 2160 })).toBeUndefined();
  });

  it('refuses what is no SPS', () => {
    expect(() => readSps(Buffer.alloc(0))).toThrow(H264Error);
    expect(() => readSps(Buffer.from('68ce3c80', 'hex'))).toThrow(/type 8/);
    expect(() => readSps(Buffer.from('6742', 'hex'))).toThrow(/too early/);
    expect(() => readSps(Buffer.alloc(5000, 0x67))).toThrow(/too long/);
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          const { width, height } = readSps(Uint8Array.from([0x67, ...bytes]));
          expect(width).toBeGreaterThan(0);
          expect(height).toBeLessThanOrEqual(32768);
        } catch (error) {
          expect(error).toBeInstanceOf(H264Error);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
