import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, formatDiagnostic } from './diagnostics.ts';
import { parseConfig } from './parse-config.ts';
import type { ServerConfig } from './types.ts';

const fixtures = new URL('../../fixtures/config/', import.meta.url);

function good(name: string): ServerConfig {
  return parseConfig(readFileSync(new URL(`good/${name}`, fixtures), 'utf8'), name);
}

function errorOf(text: string, fileName = 'x.conf'): ConfigError {
  try {
    parseConfig(text, fileName);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('expected a ConfigError');
}

const warningsOf = (text: string) =>
  parseConfig(text, 'x.conf').warnings.map(({ line, column, message }) => `${line}:${column} ${message}`);

const publish = { url: 'publish://', options: [] };
const mosaic2 = { url: 'mosaic2://', options: [] };

describe('a good file', () => {
  it('may be the snippet of the documentation as it is printed, without its last brace', () => {
    const { streams, warnings } = good('documented-snippet.conf');
    expect(streams).toEqual([
      {
        name: 'ROOM_NAME',
        inputs: [mosaic2],
        mosaic: {
          opus: { bitrateKbps: 128, sampleRateHz: 48000, samplesPerFrame: 960 },
          disableVideo: true,
        },
        position: { line: 1, column: 8 },
      },
    ]);
    expect(warnings.map(formatDiagnostic)).toEqual([
      [
        `documented-snippet.conf:1:19: warning: the block 'stream ROOM_NAME' is not closed: took the end of the file for its '}'`,
        '   1 | stream ROOM_NAME  {',
        '     |                   ^',
      ].join('\n'),
    ]);
  });

  it('has listeners, credentials, rooms, streams and templates', () => {
    expect(good('complete.conf')).toEqual({
      http: [{ port: 8080 }, { address: '127.0.0.1', port: 8081 }],
      https: [{ port: 8443 }, { address: '::1', port: 8444 }],
      editAuth: { user: 'user', password: 'pass' },
      viewAuth: { user: 'viewer', password: 'secret' },
      streams: [
        {
          name: 'lobby',
          inputs: [mosaic2],
          mosaic: {
            opus: { bitrateKbps: 128, sampleRateHz: 48000, samplesPerFrame: 960 },
            disableVideo: false,
          },
          position: { line: 9, column: 8 },
        },
        {
          name: 'school/room-1',
          inputs: [mosaic2],
          mosaic: {
            opus: { bitrateKbps: 32, sampleRateHz: 16000, samplesPerFrame: 320 },
            disableVideo: true,
          },
          position: { line: 12, column: 8 },
        },
        { name: 'alice', inputs: [publish], position: { line: 15, column: 8 } },
        { name: 'bob', inputs: [publish], password: 'very secret', position: { line: 16, column: 8 } },
      ],
      templates: [
        { name: 'chat', prefix: 'chat', inputs: [publish] },
        { name: 'guests', prefix: 'guests/today', inputs: [publish], password: 'welcome' },
      ],
      warnings: [],
    });
  });

  it('may be written in every spelling', () => {
    const config = good('spellings.conf');
    expect(config).toMatchObject({ http: [{ port: 8080 }], https: [{ port: 8443 }], warnings: [] });
    expect(config.editAuth).toEqual({ user: 'user', password: 'p"a\\s;s {word} # \\d' });
    expect(config.streams[0]).toMatchObject({ name: 'lobby', mosaic: { disableVideo: true } });
    expect(config.streams[1]).toMatchObject({
      name: `it's "ours"/<b>`,
      inputs: [{ url: 'publish://', options: ['title=my room#5', 'size=1280x720:fit:#000000'] }],
      position: { line: 7, column: 3 },
    });
    expect(config.templates).toEqual([{ name: 'any', prefix: '', inputs: [publish] }]);
  });

  it('may come from a real server, whose other directives are passed over with warnings', () => {
    const { streams, templates, http, https, warnings } = good('real-server.conf');
    expect([http, https, templates]).toEqual([[{ port: 80 }], [{ port: 443 }], []]);
    expect(streams.map(({ name, mosaic }) => [name, mosaic?.opus.bitrateKbps])).toEqual([
      ['camera', undefined],
      ['wall', undefined],
      ['lobby', 96],
    ]);
    expect(warnings.map(({ line, column }) => `${line}:${column}`)).toEqual(
      '4:3 6:1 7:1 8:1 11:1 12:1 13:1 15:1 19:9 20:3 21:3 24:9 27:31 28:3 30:10 31:1'.split(' '),
    );
    expect(warnings.at(-1)?.message).toContain(`did you mean 'stream'?`);
    expect(warnings.find(({ line }) => line === 24)?.message).toMatch(/IP cameras.*mosaic2:\/\//);
    expect(warnings.find(({ line }) => line === 20)?.path).toEqual(['stream camera']);
  });

  it('is not silent about a known directive that a missing semicolon lost in an unknown one', () => {
    const warnings = warningsOf('loglevel info\nhttp 8080;');
    expect(warnings).toHaveLength(2);
    expect(warnings[1]).toBe(
      `2:1 'http' is passed over as a part of 'loglevel'; is a ';' missing above this line?`,
    );
  });

  it('may be empty, begin with a byte order mark, and have line ends of any system', () => {
    expect(parseConfig('', 'x.conf')).toEqual({
      http: [],
      https: [],
      streams: [],
      templates: [],
      warnings: [],
    });
    expect(parseConfig('\uFEFFhttp 80;\r\nhttp 81;', 'x.conf').http).toEqual([{ port: 80 }, { port: 81 }]);
  });

  it('may bind any free port more than once', () => {
    expect(parseConfig('http 0; http 0;', 'x.conf').http).toEqual([{ port: 0 }, { port: 0 }]);
  });
});

describe('a room in the file', () => {
  it('has the documented defaults: 64 kbit/s, 48000 Hz, 960 samples, no video', () => {
    expect(parseConfig('stream a { input mosaic2://; }', 'x.conf').streams[0]?.mosaic).toEqual({
      opus: { bitrateKbps: 64, sampleRateHz: 48000, samplesPerFrame: 960 },
      disableVideo: true,
    });
  });

  it('warns of options that the mosaic does not have, and of options in the wrong place', () => {
    expect(warningsOf('stream a { input mosaic2:// bitrat=3; }')).toEqual([
      `1:29 mosaic2:// has no option 'bitrat'; did you mean 'bitrate'?`,
    ]);
    expect(warningsOf('stream a { input mosaic2://; bitrate 64; }')).toEqual([
      `1:30 bitrate is no directive of a stream but an option of its input: 'input mosaic2:// bitrate=…;'`,
    ]);
  });

  it('warns of other inputs beside it, and of a stream without any', () => {
    expect(warningsOf('stream a { input mosaic2://; input publish://; }')).toEqual([
      '1:8 the stream is a room: this emulator passes over its inputs other than mosaic2://',
    ]);
    expect(warningsOf('stream a {}')).toHaveLength(1);
    expect(warningsOf('template a { prefix a; input mosaic2://; }')).toHaveLength(1);
  });
});

describe('a bad file', () => {
  const files = readdirSync(new URL('bad/', fixtures)).filter((name) => name.endsWith('.conf'));

  it.each(files)('%s is refused with every mistake and its place', async (name) => {
    const text = readFileSync(new URL(`bad/${name}`, fixtures), 'utf8');
    const golden = new URL(`bad/${name.replace('.conf', '.txt')}`, fixtures);
    await expect(`${errorOf(text, name).message}\n`).toMatchFileSnapshot(golden.pathname);
  });

  it('tells where each mistake stands, for programs', () => {
    const { diagnostics } = errorOf('http 80;\nstream a {\n  foo;\n  input mosaic2:// bitrate=1;\n}');
    expect(
      diagnostics.map(({ severity, file, line, column, path }) => ({ severity, file, line, column, path })),
    ).toEqual([
      { severity: 'warning', file: 'x.conf', line: 3, column: 3, path: ['stream a'] },
      { severity: 'error', file: 'x.conf', line: 4, column: 20, path: ['stream a', 'input mosaic2://'] },
    ]);
  });

  it('may be hostile: deep, long, or one mistake a thousand times', () => {
    expect(errorOf('a {'.repeat(33)).message).toContain('blocks may not be nested more than 32 deep');
    expect(parseConfig('a {'.repeat(32), 'x.conf').streams).toEqual([]);
    expect(errorOf('{'.repeat(900_000)).diagnostics.length).toBeLessThan(500);
    expect(errorOf('}'.repeat(900_000)).diagnostics.length).toBeLessThan(500);
    expect(errorOf('"\\"'.repeat(300_000)).diagnostics).toHaveLength(1);
    expect(errorOf(' '.repeat(1_000_001)).message).toContain(
      'expected at most 1000000 characters, not 1000001',
    );
    expect(parseConfig('x;'.repeat(400_000), 'x.conf').warnings.length).toBeLessThan(500);
    expect(
      parseConfig(`stream a { input publish:// ${'x '.repeat(400_000)}; }`, 'x.conf').streams,
    ).toHaveLength(1);
  });

  it('still shows an error that stands behind thousands of warnings', () => {
    expect(errorOf(`${'x;'.repeat(5000)} http 99999;`).message).toContain('expected a port');
  });
});
