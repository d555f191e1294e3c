import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OggFormatError, writeOgg } from './ogg.ts';
import { type OggOpus, readOggOpus, writeOggOpus } from './ogg-opus.ts';

/** TOC byte of 20 ms of CELT fullband, then anything. */
const packet = (bytes: number, toc = 0xf8) => Buffer.concat([Buffer.from([toc]), Buffer.alloc(bytes - 1, 5)]);

const sound: OggOpus = {
  channels: 1,
  preSkipSamples: 312,
  packets: Array.from({ length: 120 }, (_, i) => ({ payload: packet(100 + i), samplesAt48k: 960 })),
};

function withHead(change: (head: Buffer) => void): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead\x01\x01', 'latin1');
  change(head);
  return writeOgg(1, [
    { packets: [head], granulePosition: 0n },
    { packets: [Buffer.from('OpusTags\0\0\0\0\0\0\0\0', 'latin1')], granulePosition: 0n },
  ]);
}

describe('Ogg/Opus files', () => {
  it('come back as they were written', () => {
    expect(readOggOpus(writeOggOpus(sound, { comments: ['TITLE=ä'] }))).toEqual(sound);
  });

  it.each([
    ['60 ms of SILK', packet(9, 0x18), 2880],
    ['2.5 ms of CELT', packet(9, 0x80), 120],
    ['two frames of 20 ms', packet(9, 0xf9), 1920],
    ['five frames of 10 ms', Buffer.from([0xf3, 5, 1, 2, 3, 4, 5]), 2400],
  ])('say how long each packet is: %s', (_, payload, samplesAt48k) => {
    const file = writeOggOpus({ ...sound, packets: [{ payload, samplesAt48k }] });
    expect(readOggOpus(file).packets).toEqual([{ payload, samplesAt48k }]);
  });

  it.each([
    [
      'a file that is not Opus',
      writeOgg(1, [{ packets: [Buffer.from('vorbis')], granulePosition: 0n }]),
      /header/,
    ],
    [
      'a header that is cut off',
      writeOgg(1, [{ packets: [Buffer.from('OpusHead')], granulePosition: 0n }]),
      /head/,
    ],
    ['another version', withHead((head) => head.writeUInt8(0x10, 8)), /version 16/],
    ['surround sound', withHead((head) => head.writeUInt8(6, 9)), /6 channels/],
    [
      'an empty packet',
      writeOggOpus({ ...sound, packets: [{ payload: Buffer.alloc(0), samplesAt48k: 0 }] }),
      /empty/,
    ],
    [
      'more than 120 ms in one packet',
      writeOggOpus({ ...sound, packets: [{ payload: Buffer.from([0xfb, 63, 0]), samplesAt48k: 960 }] }),
      /1260 ms/,
    ],
  ])('are refused with a reason: %s', (_, file, reason) => {
    expect(() => readOggOpus(file)).toThrow(OggFormatError);
    expect(() => readOggOpus(file)).toThrow(reason);
  });

  it('never crash the reader, whatever their packets hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 5 }),
        fc.boolean(),
        (noise, asOpus) => {
          const heads = [
            Buffer.from('OpusHead\x01\x01\0\0\0\0\0\0\0\0\0', 'latin1'),
            Buffer.from('OpusTags'),
          ];
          const file = writeOgg(1, [{ packets: asOpus ? [...heads, ...noise] : noise, granulePosition: 0n }]);
          try {
            readOggOpus(file);
          } catch (error) {
            expect(error).toBeInstanceOf(OggFormatError);
          }
        },
      ),
    );
  });
});
