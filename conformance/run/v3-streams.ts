import { type ApiClient, encodePath } from '../http/api-client.ts';
import type { Exchange } from '../http/exchange.ts';

const path = '/streamer/api/v3/streams';
/** Lists come in pages; more than so many are not read. */
const mostPages = 100;

/** The configuration of one stream, as the v3 API takes it. */
export interface StreamSettings {
  readonly inputs: readonly { readonly url: string; readonly [option: string]: string | number | boolean }[];
}

/** Makes a stream, or replaces the one of that name. */
export function putStream(api: ApiClient, name: string, settings: StreamSettings): Promise<Exchange> {
  return api.request(`${path}/${encodePath(name)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  });
}

export function deleteStream(api: ApiClient, name: string): Promise<Exchange> {
  return api.request(`${path}/${encodePath(name)}`, { method: 'DELETE' });
}

/** Names of all streams; undefined where the server does not tell. */
export async function streamNames(api: ApiClient): Promise<readonly string[] | undefined> {
  const names: string[] = [];
  let query = '';
  for (let page = 0; page < mostPages; page += 1) {
    const { json, status } = await api.request(path + query);
    const { streams, next } = (json ?? {}) as { streams?: unknown; next?: unknown };
    if (status !== 200 || !Array.isArray(streams)) return page === 0 ? undefined : names;
    for (const stream of streams) if (typeof stream?.name === 'string') names.push(stream.name);
    if (typeof next !== 'string' || next === '') break;
    query = `?cursor=${encodeURIComponent(next)}`;
  }
  return names;
}
