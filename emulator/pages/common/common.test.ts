import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePath } from '../../http/parse-path.ts';
import { streamNameProblem } from '../../rooms/stream-name.ts';
import { backOffMs } from './back-off.ts';
import { commandBody, commandPath, curlLine, shellQuote } from './curl-line.ts';
import { levelFill, levelText, rmsDbfs } from './level-scale.ts';
import { joinProblem } from './name-problem.ts';
import { encodeName, streamOfPlayerPath } from './names.ts';
import { durationText, lossText, opusText } from './text.ts';

/** Any name that a stream or a room can have. */
const names = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((name) => streamNameProblem(name) === undefined);

describe('curlLine', () => {
  it('writes the documented form', () => {
    expect(curlLine({ command: 'add_room', args: ['room'] }, 'http://h:8080', 'user:pass')).toBe(
      `curl -X POST -d '{"command" : "add_room", "args" : ["room"]}' 'http://user:pass@h:8080/flussonic/api/dynamic_mosaic/'`,
    );
    expect(curlLine({ room: 'a/b c', command: 'stat', args: [] }, 'https://h')).toBe(
      `curl -X POST -d '{"command" : "stat", "args" : []}' 'https://h/flussonic/api/dynamic_mosaic/a/b%20c'`,
    );
  });

  it('gives the server the very names, through any shell', () => {
    const words = (line: string) =>
      execFileSync('sh', ['-c', `set -- ${line}; for word; do printf '%s\\0' "$word"; done`], {
        encoding: 'utf8',
      }).split('\0');
    fc.assert(
      fc.property(names, names, (room, stream) => {
        const command = { room, command: 'add_stream', args: [stream] };
        const [, , , , body, url] = words(curlLine(command, 'http://h'));
        expect(JSON.parse(body!)).toEqual({ command: 'add_stream', args: [stream] });
        // Neither a shell nor curl, which knows {a,b} and [1-9], finds anything to expand.
        expect(url).not.toMatch(/[{}[\]\s]/);
        const path = decodeURIComponent(new URL(url!).pathname);
        expect(path).toBe(`/flussonic/api/dynamic_mosaic/${room}`);
      }),
      { numRuns: 60 },
    );
  });

  it.each(["'; rm -rf ~; '", '$(id)', '`id`', '!!', 'a\\', '"'])('leaves %j a word', (text) => {
    const shown = execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`], { encoding: 'utf8' });
    expect(shown).toBe(text);
  });

  it('sends what it shows', () => {
    const command = { room: 'r', command: 'mute-audio', args: ['é"'] };
    expect(JSON.parse(commandBody(command))).toEqual({ command: 'mute-audio', args: ['é"'] });
    expect(commandPath(command)).toBe('/flussonic/api/dynamic_mosaic/r');
  });
});

describe('names in paths', () => {
  it('are read back by the server and by the player', () => {
    fc.assert(
      fc.property(names, (name) => {
        const path = `/${encodeName(name)}/embed.html`;
        expect(parsePath(path)?.stream).toBe(name);
        expect(streamOfPlayerPath(new URL(path, 'http://h').pathname)).toBe(name);
      }),
    );
  });

  it.each(['/embed.html', '/a/embed.htm', '/%/embed.html', ''])('%j names no stream', (path) => {
    expect(streamOfPlayerPath(path)).toBeUndefined();
  });
});

describe('joinProblem', () => {
  const member = { trackId: 'a2', publishing: true, audioMuted: false, videoMuted: false };
  const room = (name: string, ...streams: string[]) => ({
    name,
    bitrateKbps: 64,
    sampleRateHz: 48000,
    samplesPerFrame: 960,
    createdAtMs: 0,
    viewerCount: 0,
    allTrackId: 'a1',
    members: streams.map((stream) => ({ ...member, stream })),
  });
  const state = {
    rooms: [room('lobby', 'alice'), room('other', 'bob')],
    published: ['carol'],
    allName: 'all',
  };

  it.each([
    ['lobby', 'dora', undefined],
    ['new room', 'ünï/<b>', undefined],
    ['lobby', 'bob', undefined],
    ['lobby', 'alice', 'Somebody is “alice” in this room already'],
    ['lobby', 'carol', 'Somebody publishes as “carol” already'],
    ['lobby', 'other', '“other” is the name of a room'],
    ['new', 'new', '“new” is the name of a room'],
    ['lobby', 'all', '“all” is the track'],
    ['lobby', '', 'a name must not be empty'],
    ['lobby', '/x', 'must not start or end with a slash'],
    ['lobby', 'x'.repeat(256), 'at most 255 characters'],
    ['', 'dora', '“” cannot name a room'],
    ['a/../b', 'dora', 'the segments "." and ".."'],
  ])('room %j, name %j: %j', (roomName, name, problem) => {
    const found = joinProblem(state, roomName, name);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
  });
});

describe('levels', () => {
  it.each([
    [-100, 0, 'silent'],
    [-60, 0, 'silent'],
    [-30, 0.5, '-30 dBFS'],
    [0, 1, '0 dBFS'],
    [6, 1, '6 dBFS'],
    [Number.NEGATIVE_INFINITY, 0, 'silent'],
    [Number.NaN, 0, 'silent'],
  ])('of %d dBFS fill %d and are read as %s', (dbfs, fill, text) => {
    expect([levelFill(dbfs), levelText(dbfs)]).toEqual([fill, text]);
  });

  it('are the root of the mean square', () => {
    expect(rmsDbfs(Float32Array.of(1, -1, 1, -1))).toBe(0);
    expect(rmsDbfs(new Float32Array(8).fill(0.1))).toBeCloseTo(-20, 5);
    expect(rmsDbfs(new Float32Array(8))).toBe(Number.NEGATIVE_INFINITY);
    expect(rmsDbfs(new Float32Array(0))).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('the wait before the next attempt', () => {
  it('doubles up to a limit', () => {
    expect([1, 2, 3, 4, 5, 6, 60, 2000].map((attempt) => backOffMs(attempt, 1))).toEqual([
      1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000,
    ]);
    expect(backOffMs(1, 0)).toBe(750);
  });
});

describe('texts', () => {
  it('tell durations, losses and Opus parameters', () => {
    expect([-5, 0, 65_000, 7_384_000].map(durationText)).toEqual(['0:00', '0:00', '1:05', '2:03:04']);
    expect([lossText(0, 0), lossText(3, 997), lossText(-1, 10)]).toEqual(['0', '3 (0.3 %)', '0']);
    expect(opusText({ bitrateKbps: 24, sampleRateHz: 16_000, samplesPerFrame: 320 })).toBe(
      'Opus 24 kbit/s, 16 kHz, 20 ms',
    );
  });
});
