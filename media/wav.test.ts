import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWav, WavFormatError, writeWav } from './wav.ts';

describe('WAV files', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(
        fc.int16Array(),
        fc.constantFrom(8000, 22050, 48000),
        fc.constantFrom(1, 2),
        (data, sampleRateHz, channels) => {
          const samples = data.subarray(0, data.length - (data.length % channels));
          expect(readWav(writeWav({ sampleRateHz, channels, samples }))).toEqual({
            sampleRateHz,
            channels,
            samples: Int16Array.from(samples),
          });
        },
      ),
    );
  });

  it('have the header that every player knows', () => {
    const file = writeWav({ sampleRateHz: 48000, channels: 1, samples: Int16Array.of(1, -2) });
    expect(file.toString('hex')).toBe(
      '52494646280000005741564566' +
        '6d74201000000001000100' +
        '80bb0000007701000200100064617461040000000100feff',
    );
  });

  it('may hold other chunks of odd length before the data', () => {
    const plain = writeWav({ sampleRateHz: 8000, channels: 1, samples: Int16Array.of(7) });
    const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    const file = Buffer.concat([plain.subarray(0, 12), list, plain.subarray(12)]);
    expect(readWav(file).samples).toEqual(Int16Array.of(7));
  });

  it('may promise more data than they have, as those from a pipe do', () => {
    const file = writeWav({ sampleRateHz: 8000, channels: 1, samples: Int16Array.of(7, 8) });
    file.writeUInt32LE(0xffffffff, 40);
    expect(readWav(file).samples).toEqual(Int16Array.of(7, 8));
  });

  it.each([
    ['an empty file', Buffer.alloc(0), /RIFF/],
    ['another file', Buffer.from('OggS and a lot more'), /RIFF/],
    ['a header alone', Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'), /no data/],
    ['data without a format', Buffer.from('RIFF\0\0\0\0WAVEdata\0\0\0\0', 'latin1'), /before the format/],
    ['a format that is cut off', Buffer.from('RIFF\0\0\0\0WAVEfmt \x04\0\0\0abcd', 'latin1'), /4 bytes/],
  ])('are refused with a reason: %s', (_, file, reason) => {
    expect(() => readWav(file)).toThrow(WavFormatError);
    expect(() => readWav(file)).toThrow(reason);
  });

  it('are refused where they are not 16-bit PCM', () => {
    const file = writeWav({ sampleRateHz: 8000, channels: 1, samples: Int16Array.of(7) });
    file.writeUInt16LE(24, 34);
    expect(() => readWav(file)).toThrow(/24 bits/);
  });

  it('never crash the reader, whatever they hold', () => {
    const sound = writeWav({ sampleRateHz: 8000, channels: 2, samples: new Int16Array(16) });
    const damaged = fc
      .array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 6 })
      .map((changes) => {
        const file = Buffer.from(sound);
        for (const [at, value] of changes) file[at] = value;
        return file;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 80 })), (file) => {
        try {
          readWav(file);
        } catch (error) {
          expect(error).toBeInstanceOf(WavFormatError);
        }
      }),
    );
  });
});
