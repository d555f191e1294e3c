import { describe, expect, it } from 'vitest';
import { outcomeOn } from '../run/testing.ts';
import { apartClauses } from './audio-rooms.ts';

const members = ['alice', 'bob', 'carol', 'dave'];

/** Levels in the rooms of alice and bob, and of carol and dave; one of them is another. */
function rooms(room?: string, name?: string, gainDb = 0, latenessMs = 0) {
  const tracks = ['lobby', 'stage'];
  const levels = tracks.map((track, row) =>
    members.map((member, i) => {
      const usual = row === Math.floor(i / 2) ? 0 : -70;
      return { name: member, gainDb: track === room && member === name ? gainDb : usual };
    }),
  );
  return { matrix: { tracks, members, levels }, latenessMs };
}

describe('rooms beside each other', () => {
  it.each([
    ['hear their own members only', rooms(), 'pass'],
    ['hear somebody of the other room', rooms('stage', 'alice', -49), 'fail'],
    ['hear somebody of the other room, and bots were late', rooms('stage', 'alice', -49, 90), 'fail'],
    ['miss one of their own', rooms('lobby', 'bob', -13), 'fail'],
    ['miss one of their own, and bots were late', rooms('lobby', 'bob', -13, 90), 'error'],
  ])('%s: %#', async (_case, measured, verdict) => {
    expect(await outcomeOn(apartClauses, 'audio.rooms.apart', measured)).toMatchObject({ verdict });
  });
});
