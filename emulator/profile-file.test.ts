import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultProfile } from './profile.ts';
import { ProfileError, parseProfile } from './profile-file.ts';

/** The problems of a file that holds `value`. */
function problemsOf(value: unknown): readonly string[] {
  try {
    parseProfile(JSON.stringify(value), 'p.json');
  } catch (error) {
    if (error instanceof ProfileError) return error.problems;
    throw error;
  }
  return [];
}

/** Paths of all that is no object. */
function leaves(value: unknown, path: readonly string[] = []): [readonly string[], unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function nest(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value);
}

describe('parseProfile', () => {
  it('gives the defaults for an empty object', () => {
    expect(parseProfile('{}', 'p.json')).toEqual(defaultProfile);
  });

  it('accepts the defaults written out in full, byte order mark and all', () => {
    expect(parseProfile(`\uFEFF${JSON.stringify(defaultProfile)}`, 'p.json')).toEqual(defaultProfile);
  });

  it('overrides one deep member and leaves its neighbours', () => {
    const profile = parseProfile('{"audio":{"jitterBuffer":{"maxDelayMs":500}}}', 'p.json');
    expect(profile.audio.jitterBuffer).toEqual({ earlinessFloorMs: 5, maxDelayMs: 500 });
    expect(profile.audio.opusComplexity).toBe(4);
    expect(profile.rooms).toEqual(defaultProfile.rooms);
  });

  it('takes any JSON for the body of add_room, and replaces the whole of it', () => {
    expect(parseProfile('{"answers":{"addRoom":"ok"}}', 'p.json').answers.addRoom).toBe('ok');
    expect(parseProfile('{"answers":{"addRoom":{"id":[1,null]}}}', 'p.json').answers.addRoom).toEqual({
      id: [1, null],
    });
  });

  it('gives nobody up later than after ten seconds of silence, unless told otherwise', () => {
    expect(parseProfile('{}', 'p.json').sessions).toMatchObject({
      lostTimeoutMs: 10_000,
      silenceTimeoutMs: 10_000,
    });
    expect(parseProfile('{"sessions":{"lostTimeoutMs":300}}', 'p.json').sessions.lostTimeoutMs).toBe(300);
    expect(problemsOf({ sessions: { lostTimeoutMs: 5 } })).toEqual([
      'p.json: sessions.lostTimeoutMs: expected a whole number from 100 to 3600000, not 5',
    ]);
  });

  it('takes close codes that an endpoint may send', () => {
    const closeCodes = { replaced: 4000, silent: 1006 };
    expect(problemsOf({ signalling: { closeCodes } })).toEqual([
      'p.json: signalling.closeCodes.silent: expected a close code: 1000, 1001, 1008, 1011, 3000 to 4999, not 1006',
    ]);
  });

  it('names an unknown key by its path and says which one is near', () => {
    expect(problemsOf({ rooms: { fristMemberTrackNumber: 1 } })).toEqual([
      'p.json: unknown key rooms.fristMemberTrackNumber, did you mean rooms.firstMemberTrackNumber?',
    ]);
    expect(problemsOf({ room: {} })).toEqual(['p.json: unknown key room, did you mean rooms?']);
    expect(problemsOf({ server: { port: 1 } })).toEqual([
      'p.json: unknown key server.port; known are header, version',
    ]);
  });

  it('names wrong values by path with what was expected, all at once', () => {
    expect(
      problemsOf({
        rooms: { muteToggles: 'yes', maxMembers: 0 },
        video: { cellFit: 'zoom', canvasWidth: 1281, background: 'black' },
        sessions: [],
      }),
    ).toEqual([
      'p.json: rooms.muteToggles: expected true or false, not "yes"',
      'p.json: rooms.maxMembers: expected a whole number from 1 to 1000, not 0',
      'p.json: video.cellFit: expected one of "letterbox", "crop", "stretch", not "zoom"',
      'p.json: video.canvasWidth: expected an even number from 64 to 4096, not 1281',
      'p.json: video.background: expected a colour like "#1f1f1f", not "black"',
      'p.json: sessions: expected an object, not a list',
    ]);
  });

  it('refuses two tracks with one number', () => {
    expect(problemsOf({ rooms: { firstMemberTrackNumber: 1 } })).toEqual([
      'p.json: rooms.firstMemberTrackNumber: must not be rooms.allTrackNumber, 1',
    ]);
    expect(problemsOf({ rooms: { firstMemberTrackNumber: 1, allTrackNumber: 9 } })).toEqual([]);
  });

  it('refuses header values that would break a response', () => {
    for (const header of ['a\r\nb: c', 'a"b', '', 'é'])
      expect(problemsOf({ server: { header } })).toHaveLength(1);
  });

  it('refuses every member when it has another type', () => {
    for (const [path] of leaves(defaultProfile)) {
      if (path[0] === 'answers' && (path[1] === 'addRoom' || path[1] === 'removeRoom')) continue;
      expect(problemsOf(nest(path, null)), path.join('.')).toHaveLength(1);
    }
  });

  it('gives back a frozen profile and leaves the default as it is', () => {
    const profile = parseProfile('{"answers":{"addRoom":{"a":[1]}}}', 'p.json');
    expect(() => Object.assign(profile.rooms, { allName: 'x' })).toThrow(TypeError);
    expect(() => Object.assign(profile.answers.addRoom as object, { b: 1 })).toThrow(TypeError);
    expect(() => Object.assign(defaultProfile.rooms, { allName: 'x' })).toThrow(TypeError);
  });

  it('says what is wrong with text that is no JSON, too long or too deep', () => {
    expect(() => parseProfile('{', 'p.json')).toThrow(/^p\.json: not valid JSON: /);
    expect(() => parseProfile(' '.repeat(1_000_001), 'p.json')).toThrow(
      'p.json: longer than 1000000 characters',
    );
    const deep = `{"answers":{"addRoom":${'['.repeat(40_000)}${']'.repeat(40_000)}}}`;
    expect(() => parseProfile(deep, 'p.json')).toThrow('expected at most 20 levels of nesting, not a list');
    expect(() => parseProfile('{"__proto__":{"rooms":{}}}', 'p.json')).toThrow('unknown key __proto__');
  });

  it('fails with nothing but ProfileError whatever it is given', () => {
    const keys = fc.constantFrom(
      ...Object.keys(defaultProfile),
      ...Object.keys(defaultProfile.rooms),
      '__proto__',
    );
    const hostile = fc.oneof(
      fc.json(),
      fc.string(),
      fc.dictionary(keys, fc.jsonValue()).map((v) => JSON.stringify(v)),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        try {
          expect(Object.keys(parseProfile(text, 'p.json'))).toEqual(Object.keys(defaultProfile));
        } catch (error) {
          expect(error).toBeInstanceOf(ProfileError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
