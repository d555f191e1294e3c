import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../package-root.ts';
import {
  expectedProfile,
  nestedValues,
  ProfileFileError,
  profileProblems,
  readProfileFile,
} from './profile.ts';

const folder = new URL('fixtures/profiles/', packageRoot);

describe('readProfileFile', () => {
  it.each(readdirSync(folder))('reads fixtures/profiles/%s', async (name) => {
    const { values } = await readProfileFile(new URL(name, folder).pathname);
    expect(values.get('rooms.allName')).toEqual(expect.any(String));
    expect(values.size).toBeGreaterThan(50);
  });

  it('gives every path a value, of the file or by default', async () => {
    const { values } = await expectedProfile('{"answers":{"addRoom":{"a":1}}}', 'p.json');
    expect(values.get('answers.addRoom')).toEqual({ a: 1 });
    expect(values.get('errors.status.unknown-room')).toBe(404);
  });

  it('says what is wrong', async () => {
    await expect(readProfileFile('/nowhere/p.json')).rejects.toThrow(ProfileFileError);
    await expect(expectedProfile('{"rooms":{"allName":1}}', 'p.json')).rejects.toThrow(
      'p.json: rooms.allName: expected a string',
    );
  });
});

describe('profileProblems', () => {
  it('tells by path what a profile cannot hold', async () => {
    const values = new Map<string, unknown>([
      ['rooms.allName', 'all'],
      ['server.header', 'x'.repeat(300)],
      ['errors.status.bad-value', 99],
    ]);
    const problems = await profileProblems(values);
    expect([...problems.keys()].toSorted()).toEqual(['errors.status.bad-value', 'server.header']);
    expect(await profileProblems(new Map([['rooms.allName', 'all']]))).toEqual(new Map());
  });
});

describe('nestedValues', () => {
  it('puts values where their paths say', () => {
    const values = new Map<string, unknown>([
      ['rooms.allName', 'a'],
      ['errors.status.bad-value', 400],
      ['errors.realm', 'r'],
    ]);
    expect(nestedValues(values)).toEqual({
      rooms: { allName: 'a' },
      errors: { status: { 'bad-value': 400 }, realm: 'r' },
    });
  });
});
