import { describe, expect, it } from 'vitest';
import { exchange } from '../http/exchange.ts';
import { outcomeOn } from '../run/testing.ts';
import { roomClauses } from './api-room.ts';

const call = { type: 'http', title: '', curl: '', method: 'POST', url: '', durationMs: 0 } as const;

function answer(json: unknown, status = 200) {
  return exchange({ ...call, status, responseHeaders: {}, responseBody: JSON.stringify(json) });
}

const track = (id: unknown, status = 200) => answer({ track_id: id }, status);

/** What the documented calls answer where nothing is wrong. */
const asDocumented = {
  stream: 'first',
  other: 'second',
  first: track('a2'),
  second: track('a3'),
  again: track('a2'),
  stat: answer({ count: 3, clients: ['all', 'first', 'second'] }),
  muteVideo: track('a2'),
  muteAudio: track('a2'),
  remove: track('a2'),
  statAfter: answer({ count: 2, clients: ['all', 'second'] }),
  third: track('a4'),
};

async function failing(change: object): Promise<string[]> {
  const wrong: string[] = [];
  const fromCalls = roomClauses.filter(({ needs }) => needs.includes('curl'));
  for (const { id } of fromCalls) {
    const { verdict } = await outcomeOn(roomClauses, id, { ...asDocumented, ...change }, {});
    if (verdict === 'fail') wrong.push(id);
  }
  return wrong;
}

describe('the documented calls on a room', () => {
  it.each<[string, object, string[]]>([
    ['as documented', {}, []],
    ['with the number of a track that is free again', { third: track('a2') }, []],
    ['with one track for two', { second: track('a2') }, ['api.add-stream.own-track']],
    ['with the track of one who is there for a third', { third: track('a3') }, ['api.add-stream.own-track']],
    ['without a track for a third', { third: answer({}) }, ['api.add-stream.own-track']],
    ['with another track at the second call', { again: track('a9') }, ['api.add-stream.twice']],
    ['with another track of who is muted', { muteAudio: track('a3') }, ['api.mute-audio']],
    ['with a refusal to mute', { muteVideo: track('a2', 500) }, ['api.mute-video']],
    ['without a track of who leaves', { remove: answer(true) }, ['api.remove-stream']],
    ['with who has left', { statAfter: asDocumented.stat }, ['api.remove-stream.leaves']],
    [
      'without all',
      { stat: answer({ count: 2, clients: ['first', 'second'] }) },
      ['api.stat', 'api.stat.names'],
    ],
    ['without a count', { stat: answer({ clients: ['all', 'first', 'second'] }) }, ['api.stat']],
    [
      'with somebody twice',
      { stat: answer({ count: 4, clients: ['all', 'first', 'second', 'second'] }) },
      ['api.stat.names'],
    ],
    [
      'with nobody in stat',
      { stat: answer({ count: 0, clients: [] }), statAfter: answer({ count: 0, clients: [] }) },
      ['api.stat', 'api.stat.names', 'api.remove-stream.leaves'],
    ],
  ])('are answered %s', async (_case, change, ids) => {
    expect(await failing(change)).toEqual(ids);
  });
});
