import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OggFormatError, readOgg, writeOgg } from './ogg.ts';

const packets = [Buffer.from('one'), Buffer.alloc(600, 7), Buffer.alloc(255, 8), Buffer.alloc(0)];
const file = writeOgg(9, [
  { packets: packets.slice(0, 1), granulePosition: 0n },
  { packets: packets.slice(1), granulePosition: 960n },
]);

/** A page put together and summed up bit by bit, as RFC 3533 §6 says. */
function handMadePage(page: {
  flags: number;
  granule: bigint;
  sequence: number;
  lacing: readonly number[];
  body: string;
}): Buffer {
  const bytes = Buffer.concat([
    Buffer.from('OggS\0', 'latin1'),
    Buffer.alloc(22),
    Buffer.from(page.lacing),
    Buffer.from(page.body),
  ]);
  bytes[5] = page.flags;
  bytes.writeBigInt64LE(page.granule, 6);
  bytes.writeUInt32LE(9, 14);
  bytes.writeUInt32LE(page.sequence, 18);
  bytes[26] = page.lacing.length;
  let crc = 0n;
  for (const byte of bytes) {
    crc ^= BigInt(byte) << 24n;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000n ? (crc << 1n) ^ 0x104c11db7n : crc << 1n;
  }
  bytes.writeUInt32LE(Number(crc), 22);
  return bytes;
}

describe('Ogg pages', () => {
  it('give back the packets that were put on them, of any length', () => {
    expect(readOgg(file).map(({ data }) => data)).toEqual(packets);
    expect(readOgg(file).map(({ granulePosition }) => granulePosition)).toEqual([0n, 960n, 960n, 960n]);
  });

  it('have the checksum that their definition gives', () => {
    const page = writeOgg(9, [{ packets: [Buffer.from('123456789')], granulePosition: 5n }]);
    expect(page).toEqual(
      handMadePage({ flags: 6, granule: 5n, sequence: 0, lacing: [9], body: '123456789' }),
    );
  });

  it('carry a packet over several pages', () => {
    const long = 'x'.repeat(510);
    const whole = Buffer.concat([
      handMadePage({ flags: 2, granule: -1n, sequence: 0, lacing: [255], body: long.slice(0, 255) }),
      handMadePage({ flags: 1, granule: 7n, sequence: 1, lacing: [255, 2], body: `${long.slice(255)}yz` }),
    ]);
    expect(readOgg(whole)).toEqual([{ data: Buffer.from(`${long}yz`), granulePosition: 7n }]);
  });

  it('are refused where a packet goes on that never began, or begins anew before it ended', () => {
    const cut = handMadePage({ flags: 2, granule: 0n, sequence: 0, lacing: [255], body: 'x'.repeat(255) });
    const goesOn = handMadePage({ flags: 1, granule: 0n, sequence: 0, lacing: [1], body: 'x' });
    const anew = handMadePage({ flags: 0, granule: 0n, sequence: 1, lacing: [1], body: 'x' });
    expect(() => readOgg(goesOn)).toThrow(/does not go on/);
    expect(() => readOgg(Buffer.concat([cut, anew]))).toThrow(/does not go on/);
    expect(() => readOgg(cut)).toThrow(/cut off/);
  });

  it('of another stream in the same file are passed over', () => {
    const other = writeOgg(10, [{ packets: [Buffer.from('other')], granulePosition: 0n }]);
    const firstPageBytes = 27 + 1 + 3;
    const both = Buffer.concat([file.subarray(0, firstPageBytes), other, file.subarray(firstPageBytes)]);
    expect(readOgg(both).map(({ data }) => data)).toEqual(packets);
  });

  it('are refused where one bit is wrong', () => {
    fc.assert(
      fc.property(fc.nat(file.length * 8 - 1), (bit) => {
        const damaged = Buffer.from(file);
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => readOgg(damaged)).toThrow(OggFormatError);
      }),
    );
  });

  it('are refused where a page is missing', () => {
    expect(() => readOgg(file.subarray(31))).toThrow(/page 0 is missing/);
  });

  it('are refused where the file is cut off', () => {
    expect(() => readOgg(file.subarray(0, 20))).toThrow(/cut off/);
    expect(() => readOgg(file.subarray(0, -1))).toThrow(/cut off/);
  });

  it('never crash the reader, whatever they hold', () => {
    const start = Buffer.from('OggS\0\0', 'latin1');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, asPage) => {
        try {
          readOgg(asPage ? Buffer.concat([start, noise]) : noise);
        } catch (error) {
          expect(error).toBeInstanceOf(OggFormatError);
        }
      }),
    );
  });
});
