import { describe, expect, it } from 'vitest';
import type { RequestOptions } from '../http/api-client.ts';
import { type Exchange, exchange } from '../http/exchange.ts';
import { contextOf } from '../run/testing.ts';
import { errorClauses } from './errors.ts';

interface Server {
  /** The status of calls that must not be carried out, in their order. */
  readonly statuses?: readonly number[];
  readonly rooms?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly listStatus?: number;
}

/** What a clause says of a server that answers so. */
async function outcomeOf(
  id: string,
  { statuses = [401], rooms = [], headers = {}, listStatus = 200 }: Server,
  bars?: object,
) {
  const context = Object.assign(contextOf(), { target: { ...contextOf().target, bars }, prefix: 'm2-' });
  let calls = 0;
  const answer = (status: number, body: string): Exchange =>
    exchange({
      type: 'http',
      title: '',
      curl: '',
      method: 'POST',
      url: '',
      durationMs: 0,
      status,
      responseHeaders: headers,
      responseBody: body,
    });
  context.api.request = async (_path: string, options: RequestOptions = {}) =>
    options.body?.includes('list_room') && !options.anonymous
      ? answer(listStatus, JSON.stringify(rooms))
      : answer(statuses[Math.min(calls++, statuses.length - 1)]!, '{}');
  return errorClauses.find((clause) => clause.id === id)!.run(context as never);
}

describe('calls that must not be carried out', () => {
  it.each([
    ['all are refused', {}, 'pass'],
    ['one of them is not', { statuses: [401, 200, 401] }, 'fail'],
    ['one of them breaks the server', { statuses: [401, 500, 401] }, 'fail'],
    ['the room is there all the same', { rooms: ['m2-intruder'] }, 'fail'],
    ['another room is there', { rooms: ['lobby'] }, 'pass'],
    ['the server does not go on', { listStatus: 503 }, 'fail'],
  ])('with wrong credentials, where %s: %#', async (_case, server, verdict) => {
    expect(await outcomeOf('errors.wrong-credentials', server)).toMatchObject({ verdict });
  });

  it('are judged where the documentation is silent only of a target that promises it', async () => {
    const taken = { statuses: [400, 200, 404] };
    expect(await outcomeOf('errors.bad-json', taken, {})).toMatchObject({ verdict: 'fail' });
    expect(await outcomeOf('errors.bad-json', taken)).toMatchObject({
      verdict: 'observed',
      facts: { 'errors.status.malformed-json': [400, 200, 404] },
    });
    expect(await outcomeOf('errors.bad-json', { statuses: [400] })).toMatchObject({
      facts: { 'errors.status.malformed-json': 400 },
    });
  });
});

describe('a 401', () => {
  it.each([
    ['says how to ask again', 401, { 'www-authenticate': 'Basic realm="edit"' }, 'pass'],
    ['says so among others', 401, { 'www-authenticate': 'Digest x=1, basic realm="edit"' }, 'pass'],
    ['says another way', 401, { 'www-authenticate': 'Digest realm="basic"' }, 'fail'],
    ['says nothing', 401, {}, 'fail'],
    ['need not be the answer', 403, {}, 'pass'],
  ])('%s: %#', async (_case, status, headers, verdict) => {
    expect(await outcomeOf('errors.challenge', { statuses: [status], headers })).toMatchObject({ verdict });
  });
});
