import { describe, expect, it } from 'vitest';
import { createPicture } from '../picture/i420.ts';
import { writeY4m } from './y4m.ts';

describe('writeY4m', () => {
  it('writes a line for the stream, one for each picture, and the planes', () => {
    const pictures = [createPicture(4, 2), createPicture(4, 2, { y: 65, u: 66, v: 67 })];
    const file = writeY4m(pictures, 25).toString('latin1');
    const header = 'YUV4MPEG2 W4 H2 F25:1 Ip A1:1 C420\n';
    const black = `${'\x10'.repeat(8)}${'\x80'.repeat(4)}`;
    expect(file).toBe(`${header}FRAME\n${black}FRAME\n${'A'.repeat(8)}BBCC`);
  });

  it('refuses nothing, pictures of two sizes, and a rate that is not whole', () => {
    expect(() => writeY4m([], 25)).toThrow('writeY4m: no pictures');
    expect(() => writeY4m([createPicture(4, 2), createPicture(2, 4)], 25)).toThrow('2x4 among 4x2');
    expect(() => writeY4m([createPicture(4, 2)], 29.97)).toThrow('29.97 fps');
  });
});
