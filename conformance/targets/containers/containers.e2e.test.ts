import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../../http/api-client.ts';
import { runConformance } from '../../index.ts';
import { publisherOffer } from '../../scenarios/player-answer.ts';
import type { Target } from '../target.ts';
import { FlussonicContainer } from './flussonic-container.ts';
import { freeUdpPort } from './free-udp-port.ts';
import { MosaicContainer, type StartedMosaicContainer } from './mosaic-container.ts';

vi.mock('./free-udp-port.ts', async (original) => {
  const { freeUdpPort } = await original<typeof import('./free-udp-port.ts')>();
  return { freeUdpPort: vi.fn(freeUdpPort) };
});

/** Built by `.ci/image`; the engine that has it is a must from then on. */
const image = process.env.MOSAIC2_IMAGE ?? '';
const missing = 'MOSAIC2_IMAGE names no image: docker build -t mosaic2 . && MOSAIC2_IMAGE=mosaic2 npm test';

/** An image is not made in no time: the emulator in it is ready within a second or so. */
const startMs = 60_000;

/** Commands, and two participants that are to hear each other, but not themselves. */
const filter = [
  'api.*',
  'errors.*',
  'audio.all.everybody',
  'audio.others.quiet-tones',
  'audio.minus-self.quiet-tones',
];

async function failuresOf(target: Target) {
  const { results } = await runConformance({ target, selection: { filter, exclude: [] } });
  expect(results.length).toBeGreaterThan(20);
  return results
    .filter(({ verdict }) => !['pass', 'observed'].includes(verdict))
    .map(({ clause, verdict, actual }) => `${clause.id} ${verdict}: ${actual}`);
}

async function exitCodeOf(containerId: string): Promise<number> {
  const { container } = await getContainerRuntimeClient();
  return (await container.inspect(container.getById(containerId))).State.ExitCode;
}

it.skipIf(image !== '')('containers are tried where there is an image', ({ skip }) => {
  console.warn(`containers are not tried: ${missing}`);
  skip(missing);
});

describe.runIf(image !== '')('MosaicContainer', () => {
  let emulator: StartedMosaicContainer;

  beforeAll(async () => {
    emulator = await new MosaicContainer(image)
      .withConfig('edit_auth ed secret;\ntemplate any { prefix ""; input publish://; }')
      .withRoom('chat/lobby', { bitrateKbps: 32, video: true })
      .withRoom('sound')
      .start();
  }, startMs);

  afterAll(() => emulator?.stop());

  function command(name: string, args: readonly string[], pair = emulator.getCredentials()) {
    return fetch(`${emulator.getHttpUrl()}/flussonic/api/dynamic_mosaic/`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${pair?.user}:${pair?.password}`)}` },
      body: JSON.stringify({ command: name, args }),
    });
  }

  it('has its rooms, and lets those in who have its credentials', async () => {
    expect(emulator.getCredentials()).toEqual({ user: 'ed', password: 'secret' });
    expect(await (await command('list_room', [])).json()).toEqual(['chat/lobby', 'sound']);
    expect((await command('list_room', [], { user: 'ed', password: 'other' })).status).toBe(401);
  });

  it('tells publishers the one UDP port that is mapped, and the address of this machine', async () => {
    const answer = await fetch(emulator.getWhipUrl('alice'), {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: publisherOffer,
    });
    expect(answer.status).toBe(201);
    const candidates = [...(await answer.text()).matchAll(/^a=candidate:\S+ \d+ udp \d+ (\S+) (\d+) /gim)];
    expect(candidates.map(([, address]) => address)).toContain('127.0.0.1');
    expect(new Set(candidates.map(([, , port]) => port))).toEqual(new Set([String(emulator.getUdpPort())]));
  });

  it('holds what the suite measures, of commands and of participants who hear each other', async () => {
    expect(await failuresOf(emulator.getTarget())).toEqual([]);
  });

  it('is reached by https, too', async () => {
    const secure = { ...emulator.getTarget(), url: emulator.getHttpsUrl(), insecure: true };
    const { status } = await new ApiClient(secure).request('/streamer/api/v3/monitoring/liveness');
    expect(status).toBe(200);
  });

  it('ends by itself when it is stopped, and starts again', async () => {
    const container = new MosaicContainer(image);
    const first = await container.start();
    await first.stop({ timeout: 30_000, remove: false });
    expect(await exitCodeOf(first.getId())).toBe(0);
    const { container: client } = await getContainerRuntimeClient();
    await client.remove(client.getById(first.getId()), { removeVolumes: true });
    await using second = await container.start();
    expect((await fetch(`${second.getHttpUrl()}/streamer/api/v3/monitoring/liveness`)).status).toBe(200);
  });

  it('takes another UDP port where somebody was faster', async () => {
    const faster = createSocket('udp4').bind(0);
    await once(faster, 'listening');
    vi.mocked(freeUdpPort).mockResolvedValueOnce(faster.address().port);
    await using container = await new MosaicContainer(image).start();
    expect(container.getUdpPort()).not.toBe(faster.address().port);
    faster.close();
  });

  it('tells of a mistake in the configuration without a container', async () => {
    const wrong = new MosaicContainer(image).withRoom('lobby', { samplesPerFrame: 7 });
    await expect(wrong.start()).rejects.toThrow(/flussonic\.conf:\d+:\d+: .*samples/);
  });
});

describe.runIf(image !== '')('the image', () => {
  it('is healthy as it is run without options, and not as root', { timeout: startMs }, async () => {
    await using container = await new GenericContainer(image)
      .withExposedPorts(8080)
      .withWaitStrategy(Wait.forHealthCheck())
      .start();
    expect((await container.exec(['id', '-un'])).output.trim()).toBe('node');
  });

  it('announces what its environment says', { timeout: startMs }, async () => {
    await using container = await new GenericContainer(image)
      .withExposedPorts(8080)
      .withEnvironment({ MOSAIC2_ANNOUNCE: '192.0.2.7, 192.0.2.8' })
      .withWaitStrategy(Wait.forListeningPorts())
      .start();
    const url = `http://${container.getHost()}:${container.getMappedPort(8080)}/alice/whip`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: publisherOffer,
    });
    expect(await answer.text()).toMatch(/ 192\.0\.2\.7 40000 .* 192\.0\.2\.8 40000 /s);
  });
});

describe.runIf(image !== '')('FlussonicContainer', () => {
  /** Stands in for a licensed server: it has the same files, variables and routes. */
  const standIn = [
    'sh',
    '-c',
    'test "$LICENSE_KEY" = key && exec node /app/dist/cli.js emulator --config /etc/flussonic/flussonic.conf',
  ];

  it('starts a server by its licence and configuration, and the suite runs against it', {
    timeout: 90_000,
  }, async () => {
    await using server = await new FlussonicContainer(image, { license: 'key' })
      .withEntrypoint(standIn)
      .withRoom('lobby')
      .start();
    expect(await failuresOf(server.getTarget())).toEqual([]);
  });

  it.each([
    ['what a server printed that ends', 'echo the licence is unknown >&2; exit 3', 'the licence is unknown'],
    ['of a program that is missing', '', '/nowhere'],
  ])('tells %s, and leaves nothing behind', { timeout: startMs }, async (_what, script, message) => {
    const label = { 'mosaic2.test': message };
    const entrypoint = script === '' ? ['/nowhere'] : ['sh', '-c', script];
    const server = new FlussonicContainer(image, { license: 'other' })
      .withLabels(label)
      .withEntrypoint(entrypoint);
    await expect(server.start()).rejects.toThrow(message);
    const { container } = await getContainerRuntimeClient();
    expect(await container.fetchByLabel('mosaic2.test', message)).toBeUndefined();
  });
});
