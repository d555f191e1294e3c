import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opusFrameDurationsMs, opusSampleRatesHz } from '../../media/opus-parameters.ts';
import { streamNameProblem } from '../rooms/stream-name.ts';
import { ConfigError } from './diagnostics.ts';
import { formatConfig } from './format-config.ts';
import { parseConfig } from './parse-config.ts';
import type { ServerConfig, StreamConfig, TemplateConfig } from './types.ts';

const directory = new URL('../../fixtures/config/good/', import.meta.url);
const goodTexts = readdirSync(directory).map((name) => readFileSync(new URL(name, directory), 'utf8'));

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom('{', '}', ';', '"', '#', '\\', ' ', '\n', '\t', 'a', 'n'),
    maxLength: 12,
  }),
);
const name = anyText.filter((text) => streamNameProblem(text) === undefined);
const port = fc.integer({ min: 1, max: 65535 });
const listener = fc.oneof(
  fc.record({ port }),
  fc.record({ address: fc.constantFrom('127.0.0.1', '::1', '::ffff:10.0.0.1', 'localhost'), port }),
);
const listeners = fc.uniqueArray(listener, { maxLength: 3, selector: (one) => JSON.stringify(one) });
const credentials = fc.record({ user: anyText.filter((text) => !text.includes(':')), password: anyText });

const input = fc.record({
  url: fc.constantFrom('publish://', 'rtsp://user:pw@camera/h264', 'tshttp://a;b', ''),
  options: fc.array(anyText, { maxLength: 3 }),
});
const opus = fc
  .record({
    bitrateKbps: fc.integer({ min: 6, max: 510 }),
    sampleRateHz: fc.constantFrom(...opusSampleRatesHz),
    durationMs: fc.constantFrom(...opusFrameDurationsMs),
  })
  .map(({ bitrateKbps, sampleRateHz, durationMs }) => ({
    bitrateKbps,
    sampleRateHz,
    samplesPerFrame: (sampleRateHz * durationMs) / 1000,
  }));
const mosaicInput = fc
  .array(
    anyText.map((text) => `priority=${text}`),
    { maxLength: 2 },
  )
  .map((options) => ({
    url: 'mosaic2://',
    options,
  }));

const position = { line: 1, column: 1 };
const password = { password: anyText };
const publishedStream: fc.Arbitrary<StreamConfig> = fc.record(
  { name, inputs: fc.array(input, { maxLength: 3 }), position: fc.constant(position), ...password },
  { requiredKeys: ['name', 'inputs', 'position'] },
);
const room: fc.Arbitrary<StreamConfig> = fc.record(
  {
    name,
    inputs: fc.tuple(mosaicInput, input),
    mosaic: fc.record({ opus, disableVideo: fc.boolean() }),
    position: fc.constant(position),
    ...password,
  },
  { requiredKeys: ['name', 'inputs', 'position', 'mosaic'] },
);
const template: fc.Arbitrary<TemplateConfig> = fc.record(
  { name, prefix: fc.oneof(name, fc.constant('')), inputs: fc.array(input, { maxLength: 2 }), ...password },
  { requiredKeys: ['name', 'prefix', 'inputs'] },
);
const named = <T extends { readonly name: string }>(arbitrary: fc.Arbitrary<T>) =>
  fc.uniqueArray(arbitrary, { maxLength: 4, selector: (one) => one.name });
const config: fc.Arbitrary<ServerConfig> = fc
  .record(
    {
      both: listeners,
      editAuth: credentials,
      viewAuth: credentials,
      streams: named(fc.oneof(publishedStream, room)),
      templates: named(template),
      warnings: fc.constant([]),
    },
    { requiredKeys: ['both', 'streams', 'templates', 'warnings'] },
  )
  .map(({ both, ...rest }) => ({ http: both.slice(0, 1), https: both.slice(1), ...rest }));

/** Without what a file's layout decides. */
function meaning({ streams, warnings: _, ...rest }: ServerConfig): unknown {
  return { ...rest, streams: streams.map((stream) => ({ ...stream, position })) };
}

/** Whether a text is a configuration; anything but a ConfigError is a failure. */
function parseOrRefuse(text: string): ServerConfig | undefined {
  try {
    return parseConfig(text, 'x.conf');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.message).toMatch(/^x\.conf:\d+:\d+: error: ./);
    return undefined;
  }
}

const cut = fc.record({ at: fc.nat(900), length: fc.nat(12), insert: anyText });

describe('the configuration format', () => {
  it('reads what it wrote as the same configuration', () => {
    fc.assert(
      fc.property(config, (one) => {
        expect(meaning(parseConfig(formatConfig(one), 'x.conf'))).toEqual(meaning(one));
      }),
      { numRuns: 300 },
    );
  });

  it('refuses or reads any text, and reads what it read again after writing it', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ maxLength: 200 })), (text) => {
        const read = parseOrRefuse(text);
        if (read !== undefined)
          expect(meaning(parseConfig(formatConfig(read), 'x.conf'))).toEqual(meaning(read));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses or reads good files with pieces cut out and put in', () => {
    const cuts = fc.array(cut, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...goodTexts), cuts, (good, places) => {
        let text = good;
        for (const { at, length, insert } of places) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + insert + text.slice(start + length);
        }
        const read = parseOrRefuse(text);
        if (read !== undefined)
          expect(meaning(parseConfig(formatConfig(read), 'x.conf'))).toEqual(meaning(read));
      }),
      { numRuns: 500 },
    );
  });
});
