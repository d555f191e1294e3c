import { describe, expect, it } from 'vitest';
import { NotApplicableError } from '../run/clause.ts';
import type { RunContext } from '../run/context.ts';
import { requireAlone, roomInstead } from './only-room.ts';

/** A server that has these rooms, one of which the suite may use. */
function contextOf(rooms: readonly string[], reading: RunContext['reading'] = 'only-room'): RunContext {
  const manager = async () => ({ status: 200, json: rooms });
  const configured = { pictures: ['lent'] };
  return { reading, api: { manager }, target: { configured } } as unknown as RunContext;
}

describe('the room that is used instead of one of the suite', () => {
  it('is none where the server has no room, or knows them by name', async () => {
    expect(await roomInstead(contextOf([]), true)).toBeUndefined();
    expect(await roomInstead(contextOf(['lobby', 'stage'], 'by-name'), true)).toBeUndefined();
  });

  it('is the one that the suite may use, where any room will do', async () => {
    expect(await roomInstead(contextOf(['lent']), true)).toBe('lent');
    await expect(roomInstead(contextOf(['lent']), false)).rejects.toThrow(NotApplicableError);
  });

  it('is never one of others, nor one of several', async () => {
    await expect(roomInstead(contextOf(['theirs']), true)).rejects.toThrow(NotApplicableError);
    await expect(roomInstead(contextOf(['lent', 'theirs']), true)).rejects.toThrow(
      'the server has others: lent, theirs',
    );
  });
});

describe('a room that calls can mean', () => {
  it('is alone, or one of a server that knows rooms by name', async () => {
    await expect(requireAlone(contextOf(['lent']), 'lent')).resolves.toBeUndefined();
    await expect(requireAlone(contextOf(['lent', 'theirs'], 'by-name'), 'lent')).resolves.toBeUndefined();
    await expect(requireAlone(contextOf(['lent', 'theirs']), 'lent')).rejects.toThrow(
      'the server has others: theirs',
    );
  });
});
