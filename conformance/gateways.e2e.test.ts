import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from './http/api-client.ts';
import { roomNamesOf } from './http/room-names.ts';
import { runConformance, startEmbeddedTarget, type Target, urlTarget } from './index.ts';
import { type GatewayOptions, startGateway } from './test-gateway.ts';

let server: Target;
const open: { close(): void }[] = [];

beforeAll(async () => {
  server = await startEmbeddedTarget();
  return () => server.close();
});

afterEach(() => {
  for (const gateway of open.splice(0)) gateway.close();
});

const api = () => new ApiClient(server);
let configured: readonly string[];

beforeAll(async () => {
  configured = roomNamesOf((await api().manager('list_room', [])).json)!;
});

afterAll(async () => {
  expect(roomNamesOf((await api().manager('list_room', [])).json)).toEqual(configured);
});

/** What comes of clauses on a good server behind a gateway. */
async function measure(options: GatewayOptions, ...filter: string[]) {
  const gateway = await startGateway(server.url, options);
  open.push(gateway);
  const target = urlTarget(gateway.url.replace('://', '://user:pass@'));
  const { results, notes = [] } = await runConformance({ target, selection: { filter, exclude: [] } });
  const verdicts = Object.fromEntries(results.map(({ clause, verdict }) => [clause.id, verdict]));
  return { verdicts, notes, reasons: results.map(({ reason = '' }) => reason) };
}

describe('a good server behind a gateway', () => {
  it('is not blamed for a call that the gateway answered', async () => {
    const { verdicts, reasons } = await measure(
      // The documented room is never made, whatever its other calls are answered.
      { answer: ({ body }) => (/add_room.*"room"/.test(body) ? { status: 502 } : undefined) },
      'api.add-stream',
      'api.stat',
      'api.add-room',
    );
    expect(verdicts).toEqual({ 'api.add-room': 'pass', 'api.add-stream': 'error', 'api.stat': 'error' });
    for (const reason of reasons.filter((one) => one !== ''))
      expect(reason).toMatch(/^POST \/flussonic\/api\/dynamic_mosaic\/ .*add_room.* was answered 502/);
  });

  it('is called later where the gateway limits how often, and leaves nothing behind', async () => {
    let calls = 0;
    const limited = () => {
      calls += 1;
      return calls % 4 === 0 ? { status: 429, headers: { 'retry-after': '0' } } : undefined;
    };
    const { verdicts } = await measure({ answer: limited }, 'api.add-stream', 'api.stat', 'api.remove-room');
    expect(verdicts).toEqual({ 'api.add-stream': 'pass', 'api.stat': 'pass', 'api.remove-room': 'pass' });
  });

  it('is not blamed where media does not get through, and the reason says from where', async () => {
    const { verdicts, reasons } = await measure(
      // Nobody listens there.
      { rewrite: (body) => body.replace(/^(a=candidate:(?:\S+ ){5})\d+/gm, '$19') },
      'api.add-stream.creates-stream',
    );
    expect(verdicts).toEqual({ 'api.add-stream.creates-stream': 'error' });
    expect(reasons[0]).toMatch(/ICE checking.* the server names .*127\.0\.0\.1:9, and nothing comes back/);
  });

  it.each<[string, RegExp, string[]]>([
    ['that is to be refused', /^POST \/.*-nobody\/whep/, ['play.unknown-stream']],
    ['to publish', /^POST \/.*creates-stream-alice\/whip/, ['api.add-stream.creates-stream']],
    ['to change tracks', /^PUT \/.*request_tracks.*"a1"/, ['play.change-tracks']],
    ['of a goodbye', /^DELETE /, ['publish.delete.not-heard', 'play.delete.media-ends']],
  ])('is not blamed for a bot’s call %s, which the gateway answered', async (_what, calls, ids) => {
    const answer: GatewayOptions['answer'] = ({ method, path, body }) =>
      calls.test(`${method} ${path} ${body}`) ? { status: 502 } : undefined;
    const { verdicts } = await measure({ answer }, ...ids);
    expect(verdicts).toEqual(Object.fromEntries(ids.map((id) => [id, 'error'])));
  });

  it('has the run tell what it could not remove, where the network is away at the end', async () => {
    let isAway = false;
    const answer: GatewayOptions['answer'] = ({ body }) => {
      if (isAway && body.includes('remove_room')) return { status: 504 };
      isAway ||= body.includes('api-list');
      return undefined;
    };
    const { notes } = await measure({ answer }, 'api.list-room');
    expect(notes).toEqual([
      expect.stringMatching(/could not be reached to remove 1 of .*api-list: --cleanup/),
    ]);
    const made = roomNamesOf((await api().manager('list_room', [])).json)!;
    for (const room of made.filter((name) => !configured.includes(name)))
      await api().manager('remove_room', [room]);
  });
});
