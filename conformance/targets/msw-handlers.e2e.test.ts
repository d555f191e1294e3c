import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { getResponse } from 'msw';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MosaicHandlers, mosaicHandlers } from '../../emulator/msw/index.ts';
import type { Need } from '../catalogue/needs.ts';
import { catalogue, type Report, runConformance } from '../index.ts';
import { packageRoot } from '../package-root.ts';
import { configuredStreams, emulatorConfig } from './emulator-config.ts';
import { readProfileFile } from './profile.ts';
import type { Target } from './target.ts';

/** Where the handlers believe to be; the suite reaches them over a server that hands its requests on. */
const origin = 'http://media.example.com';

/** What handlers without media cannot have. */
const media: readonly Need[] = ['whip', 'whep', 'video', 'websocket'];
const chapters = /^(api|errors|config)\./;

const withoutMedia = catalogue
  .filter(({ id, needs }) => chapters.test(id) && !needs.some((need) => media.includes(need)))
  .map(({ id }) => id);

/** Clauses that only record what they see, whatever the profile. */
const unjudged = ['api.stats', 'api.path-without-slash', 'api.add-stream.twice'];

/** What the emulator answered where the documentation is silent: the handlers are to do the same. */
const recordedOfEmulator = new URL('fixtures/profiles/recorded-emulator.json', packageRoot);

let mosaic: MosaicHandlers;
let server: Server;
let report: Report;

beforeAll(async () => {
  mosaic = mosaicHandlers({ origin, config: emulatorConfig });
  server = createServer((request, response) => void handOn(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const target: Target = {
    name: 'MSW handlers',
    url: `http://127.0.0.1:${port}`,
    credentials: { user: 'user', password: 'pass' },
    insecure: false,
    signalling: 'whip',
    configured: configuredStreams,
    close: async () => {},
  };
  report = await runConformance({
    target,
    selection: { filter: withoutMedia, exclude: [] },
    profile: await readProfileFile(fileURLToPath(recordedOfEmulator)),
  });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const answer = await getResponse(
    [...mosaic.handlers],
    new Request(origin + request.url, {
      method: request.method!,
      headers: request.headers as Record<string, string>,
      ...(body.length > 0 && { body }),
    }),
  );
  response.writeHead(answer?.status ?? 502, Object.fromEntries(answer?.headers ?? []));
  response.end(Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer()));
}

it('asks for every documented command', () => {
  expect(withoutMedia).toEqual(
    expect.arrayContaining([
      'api.add-room',
      'api.add-room.opus-parameters',
      'api.list-room',
      'api.stats',
      'api.remove-room',
      'api.add-stream',
      'api.remove-stream',
      'api.stat',
      'errors.missing-credentials',
      'config.snippet',
    ]),
  );
});

it.each(withoutMedia)('passes %s', (id) => {
  const result = report.results.find(({ clause }) => clause.id === id);
  expect(result).toMatchObject({ verdict: unjudged.includes(id) ? 'observed' : 'pass' });
});

it('is left as it was found', () => {
  expect(mosaic.rooms().map(({ name, members }) => [name, members.length])).toEqual(
    mosaic.config.streams.map(({ name }) => [name, 0]),
  );
});
