import { describe, expect, it } from 'vitest';
import type { Evidence, Report } from '../../report.ts';
import { hostileReport, hostileTexts } from '../sample-hostile.ts';
import { sampleReport, sampleResult } from '../sample-report.ts';
import { renderHtml } from './index.ts';

const page = renderHtml(sampleReport());

function pageWith(...evidence: Evidence[]): string {
  const report: Report = { ...sampleReport(), results: [sampleResult('a.b', 'T', 'fail', 1, { evidence })] };
  return renderHtml(report);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

describe('the HTML report', () => {
  it('needs nothing but itself', () => {
    expect(page).not.toMatch(/<link|<iframe|<object|<embed|<base|@import|\bsrc="(?!data:)|url\(/i);
    expect([...page.matchAll(/href="([^#][^"]*)"/g)]).toEqual([]);
    expect(page).toContain('default-src &#39;none&#39;; style-src');
  });

  it('has a policy under which only its own script runs', () => {
    expect(page).toMatch(/script-src( &#39;sha256-[A-Za-z0-9+/=]{44}&#39;){2}; base-uri/);
    expect(page).not.toMatch(/ on[a-z]+="/);
  });

  it('has the landmarks and headings a reader of structure needs', () => {
    for (const part of ['<html lang="en">', '<header', '<nav', '<main', '<footer', 'role="search"']) {
      expect(page).toContain(part);
    }
    expect(count(page, /<h1>/g)).toBe(1);
    expect(count(page, /<h3>/g)).toBe(22);
  });

  it('gives every id once, and points only to ids it has', () => {
    const ids = [...page.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g))
      expect(ids).toContain(target);
  });

  it('says every verdict as a word, and marks what needs a look to stay open', () => {
    const clauses = [
      ...page.matchAll(
        /<details class="clause"[^>]*data-verdict="([^"]+)"[^>]*?( data-attention)? open>\n<summary>(.*?)<\/summary>/g,
      ),
    ];
    expect(clauses).toHaveLength(22);
    for (const [, verdict, attention, summary] of clauses) {
      const words =
        { pass: 'passed', fail: 'failed', 'not-applicable': 'not applicable' }[verdict!] ?? verdict!;
      expect(summary).toContain(`</svg>${words}</span>`);
      expect(attention !== undefined).toBe(
        verdict === 'fail' || verdict === 'error' || summary!.includes('flaky'),
      );
    }
  });

  it('says of each clause how binding it is, and what is said of the server', () => {
    expect(count(page, /<dt>What is said there<\/dt>/g)).toBe(22);
    expect(page).toContain('<dd>client.session-id (official client 24.7.1): It reads the id');
    expect(page).toMatch(/data-level="client-required" data-text="[^"]* client\.session-id /);
  });

  it('shows target, server, seed, start and duration', () => {
    for (const text of ['<h1>emulator started by the suite</h1>', 'Streamer 20.08', '<code>1482907</code>']) {
      expect(page).toContain(text);
    }
    expect(page).toContain('2026-11-22 23:06:29 UTC');
    expect(page).toContain('<dd>1 min 23 s</dd>');
    expect(page).toContain('aria-label="3 failed, 1 error, 13 passed, 3 observed, 2 not applicable"');
  });

  it('keeps its buttons hidden until a script can serve them', () => {
    expect(count(page, /<button type="button" class="copy"[^>]* hidden>/g)).toBe(
      count(page, /class="copy"/g),
    );
    expect(page).toMatch(/<form class="filter"[^>]* hidden>/);
  });

  it.each(hostileTexts)('makes no markup of hostile text, wherever it stands: %j', (text) => {
    // A text of several lines is shown as a block, whatever it holds, and a long one that is shared is shown once.
    const harmless = text.includes('\n') ? 'two\nlines'.padEnd(text.length, ' long') : 'harm-less';
    const hostile = renderHtml(hostileReport(text));
    expect(elements(hostile)).toEqual(elements(renderHtml(hostileReport(harmless))));
    expect(Buffer.from(hostile).toString()).toBe(hostile);
    for (const steering of '\u0000\u0007\u001b\u009b\u202e\ufffe') expect(hostile).not.toContain(steering);
  });

  it('tells clauses apart whose ids repeat', () => {
    const result = sampleResult('a.b', 'T', 'pass', 1);
    const twice = renderHtml({ ...sampleReport(), results: [result, { ...result }] });
    expect(twice).toContain('id="clause-a.b"');
    expect(twice).toContain('id="clause-a.b~2"');
  });

  it('can be empty', () => {
    const empty = renderHtml({ ...sampleReport(), results: [] });
    expect(empty).toContain('No clause was run.');
    expect(empty).not.toContain('NaN');
  });
});

describe('evidence', () => {
  it('shows a call with both bodies as indented JSON and the line that repeats it', () => {
    expect(page).toContain('<b>POST</b> /flussonic/api/dynamic_mosaic/room');
    expect(page).toContain(
      '<span class="jk">&quot;track_id&quot;</span>: <span class="js">&quot;a2&quot;</span>',
    );
    expect(page).toContain('curl -X POST -d &#39;{&quot;command&quot;:&quot;add_stream&quot;');
  });

  it('prints every gain and says which cells are not as expected', () => {
    expect(page).toMatch(
      /<td class="g\d+ not-heard differs" title="alice in a2 alice: −17\.9 dB, expected not heard">−17\.9<span class="sr"> not as expected: should be not heard/,
    );
    expect(page).toContain('2 cells are not as expected.');
    expect(page).toContain('–<span class="sr"> nothing found</span>');
  });

  it('has a small map at the top for each heat map, those with differences first', () => {
    const maps = [...page.matchAll(/<svg class="small-map"[^>]*aria-label="([^"]*)"/g)].map(
      ([, label]) => label,
    );
    expect(maps).toEqual([
      'Who is heard where, loud: 2 cells not as expected',
      'Who is heard where, quiet: as expected',
    ]);
  });

  it('prints the percentiles of a series and how many values pass its limit', () => {
    const html = pageWith({ type: 'series', title: 'S', unit: 'ms', values: [1, 2, 3, 4, 100], limit: 50 });
    for (const [name, value] of [
      ['p50', '3.0 ms'],
      ['p95', '80.8 ms'],
      ['max', '100.0 ms'],
      ['above the limit', '1'],
    ]) {
      expect(html).toContain(`<dt>${name}</dt><dd>${value}</dd>`);
    }
    expect(html).toContain('class="limit"');
  });

  it('draws the percentiles of a series on its line, even of a single value', () => {
    for (const values of [[1, 2, 3, 4, 100], [7]]) {
      const html = pageWith({ type: 'series', title: 'S', unit: 'ms', values });
      const [, line] = [...html.matchAll(/<path class="line" d="([^"]*)"/g)].map(([, d]) => placesOf(d!));
      const dots = [...html.matchAll(/class="dot big" cx="([^"]*)" cy="([^"]*)"/g)];
      expect(dots).toHaveLength(2);
      for (const [, x, y] of dots) expect(heightAt(line!, Number(x))).toBeCloseTo(Number(y), 0);
    }
  });

  it('shows a talk folded, with direction, time, headers and the description line by line', () => {
    const text = plainText(figureOf(page, 'transcript'));
    expect(text).toContain('publish alice 4 messages in 4.10 s');
    expect(text).toContain(
      '→ sent 3.1 ms POST /alice/whip content-type application/sdp authorization REDACTED',
    );
    expect(text).toContain('← received 9.4 ms 201');
    expect(text).toContain('"type": "offer"');
    expect(figureOf(page, 'transcript')).toMatch(/t=0 0\nm=audio 9 UDP\/TLS\/RTP\/SAVPF 111\n/);
    expect(text).toContain('12 more messages left out.');
    expect(text).toContain('5 more sessions of the same kind are left out.');
  });

  it('shows what was counted of each track as tables', () => {
    const text = plainText(figureOf(page, 'packets'));
    expect(text).toContain(
      'track packets lost reordered duplicates jitter, ms bytes kbit/s largest gap, ms sound of room track a1 250 0 0 0 0.31 20000 32.0 22.9',
    );
    expect(text).toContain('sound of room track a2 246 3 1 0 0.31 20000 32.0 80.2');
    expect(text).toContain('sound of alice 250 2 12.3 20000 32.0');
  });

  it('names each mark of a waveform and when it is', () => {
    expect(page).toContain('<li><b>1.500 s</b> bob joins</li><li><b>2.200 s</b> gap of 60 ms</li>');
  });

  it('keeps the peak of a waveform that has more slices than the picture has columns', () => {
    const high = Array.from({ length: 10_000 }, (_, index) => (index === 7777 ? 0.97 : 0.1));
    const html = pageWith({
      type: 'waveform',
      title: 'W',
      durationSeconds: 4,
      low: high.map((value) => -value),
      high,
    });
    expect(html).toContain('peak 0.97 of full scale');
    expect(html.match(/class="wave" d="([^"]*)"/)![1]!.length).toBeLessThan(40_000);
  });

  it.each([
    { type: 'heat-map', title: 'H', rows: ['a'], columns: ['b', 'c'], gainsDb: [[Number.NaN]], expected: [] },
    { type: 'heat-map', title: 'H', rows: [], columns: [], gainsDb: [], expected: [] },
    {
      type: 'heat-map',
      title: 'H',
      rows: ['a'],
      columns: ['b'],
      gainsDb: [[Number.NEGATIVE_INFINITY]],
      expected: [['not-heard']],
    },
    {
      type: 'waveform',
      title: 'W',
      durationSeconds: 0,
      low: [],
      high: [],
      marks: [{ atSeconds: Number.NaN, label: 'x' }],
    },
    {
      type: 'waveform',
      title: 'W',
      durationSeconds: Number.NaN,
      low: [Number.NaN],
      high: [Number.POSITIVE_INFINITY],
    },
    { type: 'series', title: 'S', unit: 'ms', values: [] },
    { type: 'series', title: 'S', unit: 'ms', values: [5] },
    {
      type: 'series',
      title: 'S',
      unit: 'ms',
      values: [Number.NaN, 1e300, -1e300],
      limit: Number.POSITIVE_INFINITY,
    },
    { type: 'series', title: 'S', unit: 'ms', values: [1e16, 1e16 + 2], limit: Number.NaN },
    { type: 'measurements', title: 'M', rows: [] },
    { type: 'note', title: 'N', text: '' },
    { type: 'transcript', title: 'T', talks: [{ label: '', messages: [], leftOut: 0 }], leftOut: 1 },
    { type: 'packets', title: 'P', received: [], sent: [], leftOut: 0 },
  ] satisfies Evidence[])('draws odd figures without a broken number: %j', (evidence) => {
    const html = pageWith(evidence);
    const drawn = [...html.matchAll(/ (?:d|x|y|x1|x2|y1|y2|cx|cy|points|viewBox|transform)="([^"]*)"/g)];
    for (const [, value] of drawn) expect(value).not.toMatch(/NaN|Infinity|undefined/);
  });
});

/** The corners of a line that an SVG path draws. */
function placesOf(path: string): { readonly x: number; readonly y: number }[] {
  return [...path.matchAll(/[ML](\S+?) ([\d.-]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
}

/** Where a line from left to right is at `x`. */
function heightAt(line: readonly { readonly x: number; readonly y: number }[], x: number): number {
  const after = line.findIndex((place, index) => index > 0 && place.x >= x);
  const [a, b] = [line[after - 1]!, line[after]!];
  return a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
}

/** The first figure of a kind of evidence. */
function figureOf(markup: string, type: string): string {
  const start = markup.indexOf(`<figure class="evidence e-${type}">`);
  return markup.slice(start, markup.indexOf('</figure>', start));
}

function plainText(markup: string): string {
  return markup
    .replace(/<(\/?)span[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');
}

/** The elements and the names of their attributes, in order: what no text may change. */
function elements(markup: string): string[] {
  return [...markup.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/g)]
    .filter(([, name]) => name !== 'span')
    .map(([, name, attributes = '']) =>
      [name, ...[...attributes.matchAll(/([a-z-]+)(?:="[^"]*")?/g)].map((match) => match[1])].join(' '),
    );
}
