import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, formatNumber, formatStart, oneLine, shorten, visibleText } from './text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be left
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/;

describe('visibleText', () => {
  it('makes control characters visible and keeps line breaks and tabs', () => {
    expect(visibleText('a\u001b[31m\tb\nc\u0000\u007f')).toBe('a␛[31m\tb\nc␀␡');
  });

  it('turns the line ends of other systems into line feeds', () => {
    expect(visibleText('a\r\nb\rc')).toBe('a\nb\nc');
  });

  it('shows what would turn the direction of the text', () => {
    expect(visibleText('a\u202eb\u2066')).toBe('a<U+202E>b<U+2066>');
  });

  it('replaces halves of a surrogate pair and keeps whole ones', () => {
    expect(visibleText('\ud83d\ude00 \ud83d \ude00')).toBe('😀 \ufffd \ufffd');
  });

  it('leaves nothing that steers, whatever comes, and is done after one pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const visible = visibleText(text);
        expect(visible).not.toMatch(steering);
        expect(Buffer.from(visible).toString()).toBe(visible);
        expect(visibleText(visible)).toBe(visible);
      }),
    );
  });
});

describe('oneLine', () => {
  it('puts everything on one line', () => {
    expect(oneLine('  a\n\n b\tc ')).toBe('a b c');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [840.4, '840 ms'],
    [999.7, '1.0 s'],
    [12_440, '12.4 s'],
    [59_990, '1 min 00 s'],
    [187_000, '3 min 07 s'],
    [Number.NaN, '–'],
    [-5, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('says %d ms as %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

describe('formatNumber', () => {
  it.each([
    [-17.94, 1, '−17.9'],
    [-0.04, 1, '0.0'],
    [Number.NEGATIVE_INFINITY, 1, '−∞'],
    [Number.NaN, 1, '–'],
  ])('writes %d with %d decimals as %s', (value, decimals, text) => {
    expect(formatNumber(value, decimals)).toBe(text);
  });
});

describe('formatStart', () => {
  it('gives the moment in UTC', () => {
    expect(formatStart('2026-11-22T23:06:29.412Z')).toBe('2026-11-22 23:06:29 UTC');
  });

  it('gives back what is no date', () => {
    expect(formatStart('yesterday\u001b')).toBe('yesterday␛');
  });
});

describe('shorten', () => {
  it('says how much it left out', () => {
    expect(shorten('abcdef', 4)).toBe('abcd\n… 2 more characters, see report.json');
    expect(shorten('abcd', 4)).toBe('abcd');
  });
});
