import type { AsyncLocalStorage as Storage } from 'node:async_hooks';
import { describe, expect, it, vi } from 'vitest';
import type { ListenOptions } from '../bots/bot-host.ts';
import { catalogue } from '../clauses/index.ts';
import type { RequestOptions } from '../http/api-client.ts';
import { managerPath } from '../http/api-client.ts';
import { type Exchange, exchange } from '../http/exchange.ts';
import type { Clause } from '../run/clause.ts';
import { RunContext, type Scenario } from '../run/context.ts';
import { configuredStreams } from '../targets/emulator-config.ts';
import type { ConfiguredStreams } from '../targets/target.ts';
import { urlTarget } from '../targets/url.ts';
import type { Need } from './needs.ts';

/** What the clause or the scenario that is running has made use of. */
const { used } = await vi.hoisted(async () => {
  const { AsyncLocalStorage } = await import('node:async_hooks');
  return { used: new AsyncLocalStorage() as Storage<Set<string>> };
});

function use(need: Need): void {
  used.getStore()?.add(need);
}

function answered(url: string, status: number, responseBody: string): Exchange {
  const line = { type: 'http', title: '', curl: '', method: 'POST', durationMs: 0 } as const;
  return exchange({ ...line, url, status, responseHeaders: {}, responseBody });
}

vi.mock('../http/curl.ts', () => ({
  runCurl: async () => {
    use('curl');
    return answered('http://127.0.0.1:1/', 200, '{"track_id":"a2"}');
  },
}));
vi.mock('../scenarios/signalling.ts', async (original) => ({
  ...(await original<object>()),
  converse: async () => {
    use('websocket');
    return { url: '', frames: [], ended: 'nothing is there' };
  },
}));
// Nothing is sent: what the bots would send need not be made.
vi.mock('../bots/picture-clip.ts', async (original) => ({
  ...(await original<object>()),
  pictureClip: async () => ({}),
}));
vi.mock('../scenarios/mixed-members.ts', async (original) => ({
  ...(await original<object>()),
  mixedMembers: async () => [{ bot: 0, clip: {} }],
}));

/** A target that takes everything, and bots that end a scenario as soon as there were a publisher and a listener. */
class WatchedContext extends RunContext {
  readonly #played = new Map<Scenario<unknown>, { needs: Set<string>; result: Promise<unknown> }>();

  constructor() {
    const configured = new Proxy(configuredStreams, {
      get(streams, name: keyof ConfiguredStreams) {
        use(name === 'pictures' ? 'video' : 'configured-rooms');
        return streams[name];
      },
    });
    super({ ...urlTarget('http://user:pass@127.0.0.1:1'), configured }, 1);
    this.api.request = async (path: string, options: RequestOptions = {}) => {
      if (/\/whi?e?p$/.test(path)) use(path.endsWith('whip') ? 'whip' : 'whep');
      const isStranger = options.anonymous === true || options.headers?.authorization !== undefined;
      if (path.startsWith(managerPath) && isStranger) use('credentials');
      return answered(`http://127.0.0.1:1${path}`, 200, '{"track_id":"a2","tracks":[]}');
    };
  }

  override get bots(): RunContext['bots'] {
    const bot = (need: Need) => async () => {
      use(need);
      const both = used.getStore()!;
      if (both.has('whip') && both.has('whep')) throw new Error('enough is known');
      return {
        count: async () => 1e9,
        soundMs: async () => 1e9,
        take: async () => [],
        takeVideo: async () => [],
        close: async () => {},
      };
    };
    const listen = async (_url: string, { signalling }: ListenOptions = {}) => {
      if (signalling !== 'websocket') return bot('whep')();
      use('websocket');
      throw new Error('nothing is there');
    };
    return { publish: bot('whip'), listen, lateness: async () => [] } as never;
  }

  override async use<T>(scenario: Scenario<T>): Promise<T> {
    const caller = used.getStore()!;
    const played = this.#played.get(scenario) ?? this.#play(scenario);
    await Promise.allSettled([played.result]);
    for (const need of played.needs) caller.add(need);
    return played.result as Promise<T>;
  }

  #play(scenario: Scenario<unknown>) {
    const needs = new Set<string>();
    const played = { needs, result: used.run(needs, () => scenario.play(this)) };
    this.#played.set(scenario, played);
    return played;
  }
}

const context = new WatchedContext();

async function needsOf(clause: Clause): Promise<string[]> {
  const needs = new Set<string>();
  await used.run(needs, async () => clause.run(context)).catch(() => {});
  return [...needs];
}

describe('what clauses say that they need', () => {
  it.each(catalogue.map((clause) => [clause.id, clause] as const))(
    '%s uses that, and no more',
    async (_id, clause) => {
      expect((await needsOf(clause)).sort()).toEqual([...clause.needs].sort());
    },
  );
});
