import { describe, expect, it } from 'vitest';
import { outcomeOn } from '../run/testing.ts';
import { playerEndClauses, publisherEndClauses } from './session-ends.ts';

const asItShould = {
  ended: { gainDb: -60 },
  vanished: { gainDb: -60 },
  staying: { gainDb: 0 },
  saidToBeThereMs: 4000,
  latenessMs: 0,
};

const outcomeOf = (id: string, measured: object, bars?: object) =>
  outcomeOn([...publisherEndClauses, ...playerEndClauses], id, measured, bars);

describe('who has ended its session by DELETE', () => {
  it.each([
    ['is gone', {}, 'pass'],
    ['is still heard', { ended: { gainDb: -49 } }, 'fail'],
    ['is still heard, by late bots too', { ended: { gainDb: -49 }, latenessMs: 90 }, 'fail'],
    ['is gone with who stays', { staying: { gainDb: -13 } }, 'fail'],
    ['is gone with who stays, where bots were late', { staying: { gainDb: -13 }, latenessMs: 90 }, 'error'],
  ])('%s: %#', async (_case, change, verdict) => {
    const outcome = await outcomeOf('publish.delete.not-heard', { ...asItShould, ...change });
    expect(outcome).toMatchObject({ verdict });
  });

  it('is told of where its goodbye was refused', async () => {
    const { actual } = await outcomeOf('publish.delete.not-heard', {
      ...asItShould,
      refusal: 'it is refused',
    });
    expect(actual).toMatch(/^it is refused; who has ended at -60/);
  });
});

describe('who vanishes', () => {
  it.each([
    ['is gone in time', {}, 'pass'],
    ['is gone at the last moment', { saidToBeThereMs: 5000 }, 'pass'],
    ['is said to be there for longer', { saidToBeThereMs: 5001 }, 'fail'],
    ['is said to be there for ever', { saidToBeThereMs: undefined }, 'fail'],
    ['is still heard', { vanished: { gainDb: -49 } }, 'fail'],
  ])('%s: %#', async (_case, change, verdict) => {
    const measured = { ...asItShould, ...change };
    expect(await outcomeOf('publish.vanished', measured, { vanishedMs: 5000 })).toMatchObject({ verdict });
    expect(await outcomeOf('publish.vanished', measured)).toMatchObject({ verdict: 'observed' });
  });
});

describe('a player that has ended', () => {
  it.each([
    ['gets nothing more', { packets: 0 }, 'pass'],
    ['gets one packet', { packets: 1 }, 'fail'],
    ['could not play at all', { refusal: 'it is refused' }, 'fail'],
  ])('%s: %#', async (_case, player, verdict) => {
    expect(await outcomeOf('play.delete.media-ends', { player })).toMatchObject({ verdict });
    expect(await outcomeOf('play.websocket.media-ends', player, {})).toMatchObject({ verdict });
  });

  it('need not have played over WebSocket where nobody promises it', async () => {
    expect(await outcomeOf('play.websocket.media-ends', { refusal: 'no such path' })).toEqual({
      verdict: 'not-applicable',
      reason: 'nothing is played over WebSocket: no such path',
      evidence: [],
    });
    expect(await outcomeOf('play.websocket.media-ends', { packets: 3 })).toMatchObject({ verdict: 'fail' });
  });
});
