import { describe, expect, it } from 'vitest';
import { findCells } from '../../conformance/picture/find-cells.ts';
import { H264Decoder, loadNodeAv } from '../../media/h264/index.ts';
import { loadPicture, pictureClipCount } from './index.ts';

const all = Array.from({ length: pictureClipCount }, (_, index) => loadPicture(index));

describe('the picture clips', () => {
  it.each(all)('can be decoded and found by their patch, picture by picture: $name', async (clip) => {
    const decoder = H264Decoder.openSync(await loadNodeAv());
    const read = clip.pictures.map(({ data }, n) => {
      expect(decoder.decodeSync(data)).toBe(true);
      // Searching takes longest: every fifth is enough, and the first and last.
      if (n % 5 !== 0 && n !== clip.pictures.length - 1) return n;
      const [cell, ...others] = findCells(decoder.picture!.toImage());
      expect(others).toEqual([]);
      const { width, height } = clip;
      expect(cell).toMatchObject({ bot: clip.bot, cropped: false, source: { width, height } });
      return cell!.frame;
    });
    decoder.close();
    expect(read).toEqual(clip.pictures.map((_, n) => n));
  });

  it.each(all)('begin with a keyframe and have one every second: $name', ({ fps, pictures }) => {
    const keyframes = pictures.flatMap(({ keyframe }, n) => (keyframe ? [n] : []));
    expect(keyframes[0]).toBe(0);
    for (const [n, at] of keyframes.entries())
      expect(at - (keyframes[n - 1] ?? at)).toBeLessThanOrEqual(Math.round(fps));
    expect(pictures.length / fps).toBeGreaterThan(1.9);
    expect(pictures.length / fps).toBeLessThan(3.1);
  });

  it('have every shape, odd rates, and numbers of their own', () => {
    const aspects = all.map(({ width, height }) => (width / height).toFixed(2));
    for (const aspect of ['1.33', '1.78', '0.56']) expect(aspects).toContain(aspect);
    expect(all.filter(({ fps }) => !Number.isInteger(fps)).length).toBeGreaterThan(2);
    expect(new Set(all.map(({ bot }) => bot)).size).toBe(all.length);
  });

  it('are small together', () => {
    const bytes = all.flatMap(({ pictures }) => pictures.map(({ data }) => data.length));
    expect(bytes.reduce((sum, length) => sum + length)).toBeLessThan(1_500_000);
  });

  it('are no more than there are', () => {
    for (const index of [-1, pictureClipCount, 0.5]) expect(() => loadPicture(index)).toThrow(RangeError);
  });
});
