import { describe, expect, it } from 'vitest';
import { defaultProfile } from './profile.ts';
import { ProfileError, parseProfile, profilePaths } from './profile-file.ts';
import type { RecordedSection } from './profile-recorded.ts';

const at = '2026-01-31T12:00:00.000Z';
const section: RecordedSection = {
  target: 'http://media.example.com',
  server: 'Streamer 20.08',
  startedAt: at,
  toolVersion: '1.0.0',
  fields: { 'rooms.allName': { at, evidence: ['POST … -> 200 {"count":1,"clients":["all"]}'] } },
  observations: { 'media_info of a room': { saw: 'tracks', at, evidence: [] } },
  unknown: { 'audio.rampMs': 'too short to be heard' },
};

function problemsOf(recorded: unknown): readonly string[] {
  try {
    parseProfile(JSON.stringify({ recorded }), 'p.json');
  } catch (error) {
    if (error instanceof ProfileError) return error.problems;
    throw error;
  }
  return [];
}

describe('the section that says where a profile comes from', () => {
  it('changes nothing', () => {
    const text = JSON.stringify({ rooms: { allName: 'everybody' }, recorded: section });
    const profile = parseProfile(text, 'p.json');
    expect(profile).toEqual({ ...defaultProfile, rooms: { ...defaultProfile.rooms, allName: 'everybody' } });
    const { server: _, ...nameless } = section;
    expect(problemsOf(nameless)).toEqual([]);
  });

  it.each([
    ['no object', [], 'recorded: expected an object'],
    ['a date that is none', { ...section, startedAt: 'yesterday' }, 'recorded.startedAt: expected a time'],
    ['a member too many', { ...section, author: 'x' }, 'unknown key recorded.author'],
    ['a path that is none', { ...section, unknown: { 'rooms.colour': 'x' } }, 'rooms.colour is no path'],
    ['a group for a path', { ...section, unknown: { rooms: 'x' } }, 'rooms is no path'],
    [
      'evidence that is no list',
      { ...section, fields: { 'rooms.allName': { at, evidence: 'x' } } },
      'recorded.fields.rooms.allName.evidence: expected a list',
    ],
    ['nothing at all', {}, 'recorded.target: is missing'],
    ['what was seen as a number', { ...section, observations: { x: { saw: 1, at, evidence: [] } } }, 'x.saw'],
  ])('is refused with %s', (_what, recorded, message) => {
    expect(problemsOf(recorded).join('\n')).toContain(message);
  });
});

describe('profilePaths', () => {
  it('names every value once, and a body as a whole', () => {
    const paths = profilePaths();
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toEqual(
      expect.arrayContaining(['rooms.allName', 'answers.addRoom', 'errors.status.bad-value']),
    );
    expect(paths).not.toContain('answers.addRoom.success');
  });
});
