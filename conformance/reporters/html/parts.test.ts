import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTicks } from './chart.ts';
import { gainCells } from './gain-cells.ts';
import { prettyJson } from './json-code.ts';
import { html } from './safe-html.ts';
import { seriesStatistics, sortedFinite } from './statistics.ts';

describe('html', () => {
  it('escapes values and leaves the template as it is', () => {
    expect(html`<b title="${`"'`}">${'<&>'}</b>`.toString()).toBe('<b title="&quot;&#39;">&lt;&amp;&gt;</b>');
  });

  it('puts markup, lists and numbers in, and nothing for what is missing', () => {
    const items = [html`<i>1</i>`, 2, undefined, false, ['<']] as const;
    expect(html`${items}`.toString()).toBe('<i>1</i>2&lt;');
  });

  it('lets no text end an attribute or begin an element', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.toString()).not.toMatch(/[<>"']/);
      }),
    );
  });
});

describe('roundTicks', () => {
  it('takes steps of 1, 2 or 5 times a power of ten', () => {
    expect(roundTicks(0, 75.6, 5).map(({ label }) => label)).toEqual(['0', '20', '40', '60']);
    expect(roundTicks(-0.3, 0.25, 6).map(({ label }) => label)).toEqual([
      '−0.3',
      '−0.2',
      '−0.1',
      '0.0',
      '0.1',
      '0.2',
    ]);
  });

  it('stays within the axis and within reason, whatever the range', () => {
    const range = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(range, range, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const ticks = roundTicks(from, to, 6);
        expect(ticks.length).toBeLessThanOrEqual(14);
        const slack = Math.abs(to - from) * 1e-6;
        for (const { value } of ticks.filter(
          (tick) => Number.isFinite(tick.value) && Number.isFinite(slack),
        )) {
          expect(value).toBeLessThanOrEqual(to + slack);
          expect(value).toBeGreaterThanOrEqual(from - slack);
        }
      }),
    );
  });
});

describe('prettyJson', () => {
  it('keeps on one line what fits', () => {
    expect(prettyJson('{"command":"add_stream","args":["alice"]}')).toBe(
      '{ "command": "add_stream", "args": ["alice"] }',
    );
  });

  it('breaks what does not', () => {
    expect(prettyJson(`{"a":"${'x'.repeat(60)}","b":[]}`)).toBe(
      `{\n  "a": "${'x'.repeat(60)}",\n  "b": []\n}`,
    );
  });

  it.each(['', 'plain', '"text"', '12', '{"a":', 'null'])(
    'leaves alone what is no object or array: %j',
    (text) => {
      expect(prettyJson(text)).toBeUndefined();
    },
  );

  it('reads back as what it was', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(prettyJson(text)!)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('changes nothing but white space', () => {
    const text =
      '{"id":1.0,"id":12345678901234567890,"é":"\\u00e9 {[,:]} \\"","n":[1e400,-0,true,null,{},[]]}';
    expect(prettyJson(text)!.replace(/(?<=[[{,:])\s+|\s+(?=[\]}])/g, '')).toBe(
      text.replace(/(?<=[[{,:])\s+|\s+(?=[\]}])/g, ''),
    );
  });

  it.each([29, 30, 31, 100_000])('is not brought down by nesting %i deep', (depth) => {
    const text = '['.repeat(depth) + ']'.repeat(depth);
    expect(prettyJson(text)!.replace(/\s/g, '')).toBe(text);
  });
});

describe('seriesStatistics', () => {
  it('gives the percentiles that clauses judge by', () => {
    const sorted = Array.from({ length: 41 }, (_, index) => index ** 2);
    expect(seriesStatistics(sorted, 1400)).toEqual({
      count: 41,
      minimum: 0,
      p50: 400,
      p95: 38 ** 2,
      maximum: 1600,
      aboveLimit: 3,
    });
    expect(seriesStatistics([1, 2], undefined)).toMatchObject({ p50: 1.5, p95: 1.95, aboveLimit: 0 });
  });

  it('leaves out what is no number, and has nothing to say of nothing', () => {
    expect(sortedFinite([3, Number.NaN, 1, Number.POSITIVE_INFINITY])).toEqual([1, 3]);
    expect(seriesStatistics([], 1)).toBeUndefined();
  });
});

describe('gainCells', () => {
  const cellOf = (gainDb: number | null, expected: 'heard' | 'not-heard' | 'either', limitsDb = {}) =>
    gainCells({
      type: 'heat-map',
      title: '',
      rows: ['r'],
      columns: ['c'],
      gainsDb: [[gainDb]],
      expected: [[expected]],
      ...limitsDb,
    })[0]![0]!;
  const strict = { limitsDb: { heardAtLeast: -1, notHeardAtMost: -50 } };

  it.each([
    [0, 'heard', {}, false],
    [-13, 'heard', {}, true],
    [-1, 'heard', strict, false],
    [-1.1, 'heard', strict, true],
    [-29, 'not-heard', {}, true],
    [-40, 'not-heard', {}, false],
    [-40, 'not-heard', strict, true],
    [-50, 'not-heard', strict, false],
    [Number.NEGATIVE_INFINITY, 'not-heard', strict, false],
    [-20, 'either', strict, false],
    [null, 'heard', strict, false],
  ] as const)('judges %d dB, expected %s, by the limits given', (gainDb, expected, limits, differs) => {
    expect(cellOf(gainDb, expected, limits).differs).toBe(differs);
  });
});
