import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../http/api-client.ts';
import { streamNames } from './v3-streams.ts';

const path = '/streamer/api/v3/streams';

/** A server that has these answers by path; what it has none for is 404. */
function serverOf(answers: Readonly<Record<string, unknown>>): ApiClient {
  const request = async (asked: string) => ({ status: asked in answers ? 200 : 404, json: answers[asked] });
  return { request } as unknown as ApiClient;
}

const page = (names: readonly unknown[], next?: string) => ({
  streams: names.map((name) => ({ name })),
  next,
});

describe('the names of all streams', () => {
  it('are those of all pages', async () => {
    const server = serverOf({ [path]: page(['a', 'b'], 'x&y'), [`${path}?cursor=x%26y`]: page(['c'], '') });
    expect(await streamNames(server)).toEqual(['a', 'b', 'c']);
  });

  it('are those that were told until a page is refused', async () => {
    expect(await streamNames(serverOf({ [path]: page(['a'], 'next') }))).toEqual(['a']);
  });

  it('are not known where the server has no such list', async () => {
    expect(await streamNames(serverOf({}))).toBeUndefined();
    expect(await streamNames(serverOf({ [path]: [] }))).toBeUndefined();
    expect(await streamNames(serverOf({ [path]: { streams: [] } }))).toEqual([]);
  });

  it('are texts', async () => {
    expect(await streamNames(serverOf({ [path]: page(['a', 7, undefined]) }))).toEqual(['a']);
  });

  it('end where a server sends the same page again and again', async () => {
    const endless = { request: async () => ({ status: 200, json: page(['a'], 'again') }) };
    expect(await streamNames(endless as unknown as ApiClient)).toHaveLength(100);
  });
});
