import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOnItsSide, orient, orientations } from '../../picture/orientation.ts';
import { codeColumns, codeRows, decodeStamp, encodeStamp, type PictureStamp } from './picture-code.ts';

const stamps: fc.Arbitrary<PictureStamp> = fc.record({
  bot: fc.nat(63),
  frame: fc.nat(0xffff),
  width: fc.integer({ min: 1, max: 1023 }).map((half) => half * 2),
  height: fc.integer({ min: 1, max: 1023 }).map((half) => half * 2),
});

/** The blocks as they are read where the patch was turned; on its side the wrong number of columns is forced on it. */
function turned(blocks: Uint8Array, mirrored: boolean, rotatedDegrees: 0 | 90 | 180 | 270): Uint8Array {
  const orientation = { mirrored, rotatedDegrees };
  const [columns, rows] = isOnItsSide(orientation) ? [codeRows, codeColumns] : [codeColumns, codeRows];
  const seen = new Uint8Array(blocks.length);
  for (const [n, block] of blocks.entries()) {
    const u = ((n % codeColumns) + 0.5) / codeColumns;
    const v = (Math.floor(n / codeColumns) + 0.5) / codeRows;
    const { x, y } = orient(u, v, orientation);
    seen[Math.floor(y * rows) * columns + Math.floor(x * columns)] = block;
  }
  return seen;
}

describe('the coded patch', () => {
  it('says what was written', () => {
    fc.assert(
      fc.property(stamps, (stamp) => {
        expect(decodeStamp(encodeStamp(stamp))).toEqual(stamp);
      }),
    );
  });

  it('cannot be read mirrored or turned, for any bot at thousands of frames', () => {
    const wrong = orientations.slice(1);
    let read = 0;
    for (let n = 0; n < 4000; n++) {
      const blocks = encodeStamp({ bot: n % 64, frame: n * 7, width: 640, height: 360 });
      for (const { mirrored, rotatedDegrees } of wrong) {
        if (decodeStamp(turned(blocks, mirrored, rotatedDegrees)) !== undefined) read += 1;
      }
    }
    // Chance alone, at 18 bits of check, allows one in ten such tests a single hit.
    expect(read).toBeLessThanOrEqual(1);
  });

  it('cannot be read with up to three blocks wrong', () => {
    const changes = fc.uniqueArray(fc.nat(codeColumns * codeRows - 1), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(stamps, changes, (stamp, places) => {
        const blocks = encodeStamp(stamp);
        for (const place of places) blocks[place]! ^= 1;
        expect(decodeStamp(blocks)).not.toEqual(stamp);
      }),
    );
    // Single and double errors never pass as another stamp either, for a sample stamp tried in full.
    const stamp = { bot: 5, frame: 1234, width: 640, height: 360 };
    let passed = 0;
    for (let a = 0; a < 60; a++) {
      for (let b = a; b < 60; b++) {
        const blocks = encodeStamp(stamp);
        blocks[a]! ^= 1;
        if (b > a) blocks[b]! ^= 1;
        if (decodeStamp(blocks) !== undefined) passed += 1;
      }
    }
    expect(passed).toBe(0);
  });

  it('is neither nearly black nor nearly white', () => {
    for (let frame = 0; frame < 1000; frame++) {
      const whites = encodeStamp({ bot: frame % 64, frame, width: 1280, height: 720 }).filter(
        (bit) => bit === 1,
      );
      expect(whites.length).toBeGreaterThan(12);
      expect(whites.length).toBeLessThan(48);
    }
  });

  it('is not read from too few or too many blocks, or all of one colour', () => {
    const blocks = encodeStamp({ bot: 0, frame: 0, width: 640, height: 360 });
    expect(decodeStamp(blocks.subarray(1))).toBeUndefined();
    expect(decodeStamp(Uint8Array.of(...blocks, 0))).toBeUndefined();
    expect(decodeStamp(new Uint8Array(60))).toBeUndefined();
    expect(decodeStamp(new Uint8Array(60).fill(1))).toBeUndefined();
  });
});
