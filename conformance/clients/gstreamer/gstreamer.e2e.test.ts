import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dbToAmplitude } from '../../analysis/decibels.ts';
import { floatFromBuffer } from '../../analysis/samples.ts';
import { levelsOf, type SentTones } from '../../analysis/tone-levels.ts';
import { BotHost } from '../../bots/bot-host.ts';
import { pictureClip } from '../../bots/picture-clip.ts';
import { toneSignature } from '../../bots/signatures/catalogue.ts';
import { paintSignature } from '../../bots/signatures/picture-signature.ts';
import { toneClip } from '../../bots/tone-clip.ts';
import { ApiClient } from '../../http/api-client.ts';
import { trackIdOf } from '../../http/track-id.ts';
import { type FoundCell, findCells } from '../../picture/find-cells.ts';
import { defaultCanvas } from '../../picture/grid.ts';
import { startEmbeddedTarget } from '../../targets/embedded.ts';
import type { Target } from '../../targets/target.ts';
import { GStreamerClient, missingOfGStreamer } from './test-gstreamer.ts';

const missing = missingOfGStreamer();
if (missing !== undefined) {
  const text = `GStreamer is not complete (${missing}): .ci/run shows which Debian packages are needed.`;
  if (process.env.CI) throw new Error(text);
  console.log(`Skipped: ${text}`);
}

const size = { width: 640, height: 360 };
const levelDbfs = -20;
const waiting = { timeout: 30_000, interval: 50 };
/** Every member has the tone and the picture of the bot of that number. */
const numbers = { gstreamer: 0, bot: 1 };
type Member = keyof typeof numbers;
const members = Object.keys(numbers) as Member[];

describe.skipIf(missing !== undefined)('GStreamer', () => {
  let target: Target;
  let api: ApiClient;
  let room: string;
  let bots: BotHost;
  let folder: string | undefined;
  let publisher: GStreamerClient;
  /** A player of GStreamer's own track, and one of `all`. */
  const players: Record<'own' | 'all', GStreamerClient | undefined> = { own: undefined, all: undefined };
  const clients: GStreamerClient[] = [];

  beforeAll(async () => {
    target = await startEmbeddedTarget();
    api = new ApiClient(target);
    bots = new BotHost();
    folder = await mkdtemp(join(tmpdir(), 'gstreamer-'));
    room = target.configured!.pictures[0]!;
    const tracks: Partial<Record<Member, string | undefined>> = {};
    for (const name of members) tracks[name] = trackIdOf((await api.room(room, 'add_stream', [name])).json);

    const fps = 15;
    const pictures = Array.from({ length: 4 * fps }, (_, frame) =>
      paintSignature({ bot: numbers.gstreamer, frame, ...size, fps }),
    );
    await writeFile(join(folder!, 'pictures.i420'), Buffer.concat(pictures.map(({ data }) => data)));
    publisher = publish();
    const { clip } = toneClip('bot', toneSignature(numbers.bot), levelDbfs);
    const { video } = await pictureClip({ bot: numbers.bot, ...size, fps, seconds: 4 });
    await bots.publish(api.streamUrl('bot', 'whip'), { ...clip, video: video! });
    await vi.waitUntil(() => publisher.connected, waiting);
    players.own = play('own', `v1${tracks.gstreamer}`);
    players.all = play('all', 'v1a1');
  });

  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await bots?.close();
    await target?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  function publish(...options: string[]): GStreamerClient {
    const client = new GStreamerClient('publish.py', [
      ...['--url', api.streamUrl('gstreamer', 'whip'), '--pictures', join(folder!, 'pictures.i420')],
      ...['--frequency', String(toneSignature(numbers.gstreamer).frequenciesHz[0])],
      ...['--volume', String(dbToAmplitude(levelDbfs))],
      ...['--width', String(size.width), '--height', String(size.height), '--fps', '15', ...options],
    ]);
    clients.push(client);
    return client;
  }

  function play(name: string, tracks: string): GStreamerClient {
    const url = api.streamUrl(room, 'whep', `?start_track=${tracks}`);
    const client = new GStreamerClient('play.py', ['--url', url, '--directory', join(folder!, name)]);
    clients.push(client);
    return client;
  }

  /** How loud each member is in what a player has heard, in dB against what was sent. */
  async function heard(name: keyof typeof players): Promise<Record<Member, number>> {
    const file = join(folder!, name, 'sound.pcm');
    const seconds = 3;
    const bytesPerSecond = 48_000 * 2;
    const isLong = async () => {
      expect(players[name]?.connected).toBeDefined();
      return ((await stat(file).catch(() => undefined))?.size ?? 0) > 2 * seconds * bytesPerSecond;
    };
    await vi.waitUntil(isLong, waiting);
    const sound = floatFromBuffer(await readFile(file)).subarray(-seconds * 48_000);
    const sent = members.map((member): SentTones => {
      const { frequenciesHz } = toneSignature(numbers[member]);
      return { name: member, frequenciesHz, toneLevelDbfs: levelDbfs };
    });
    const [gstreamer, bot] = levelsOf(sound, sent).map(({ gainDb }) => gainDb);
    return { gstreamer: gstreamer!, bot: bot! };
  }

  /** The cells of the first picture of a player in which both members are. */
  async function seen(name: keyof typeof players): Promise<readonly FoundCell[]> {
    return vi.waitFor(async () => {
      const file = players[name]?.last('picture')?.file;
      const cells = findCells({ ...defaultCanvas, data: await readFile(String(file)) });
      expect(cells.map(({ bot }) => bot)).toEqual(Object.values(numbers));
      return cells;
    }, waiting);
  }

  /** Whether the server's own list has a session. */
  async function isListed(client: GStreamerClient): Promise<boolean> {
    const { json } = await api.request('/streamer/api/v3/sessions');
    const { sessions } = json as { sessions: { id: string }[] };
    return sessions.some(({ id }) => String(client.last('created')?.location).endsWith(id));
  }

  it('does not hear itself in its own track, and hears the other as loud as sent', async () => {
    const { gstreamer, bot } = await heard('own');
    expect(gstreamer).toBeLessThan(-50);
    expect(Math.abs(bot)).toBeLessThan(1);
  });

  it('hears both in the track of all', async () => {
    const { gstreamer, bot } = await heard('all');
    expect(Math.abs(gstreamer)).toBeLessThan(1);
    expect(Math.abs(bot)).toBeLessThan(1);
  });

  it.each(['own', 'all'] as const)('sees both in the grid, beside each other: player of %s', async (name) => {
    const cells = await seen(name);
    for (const cell of cells) {
      expect(cell).toMatchObject({ orientation: { mirrored: false, rotatedDegrees: 0 }, cropped: false });
      expect(cell.source).toEqual(size);
      expect(cell.stretch).toBeCloseTo(1, 1);
      expect(cell.colour.nearest).toBe(cell.bot);
    }
    expect(cells[0]!.rectangle.x).toBeLessThan(cells[1]!.rectangle.x);
  });

  it('ends its sessions by DELETE', async () => {
    for (const client of [players.own!, publisher]) {
      expect(await isListed(client)).toBe(true);
      client.delete();
      await vi.waitUntil(() => client.last('deleted') !== undefined, waiting);
      expect(client.last('deleted')?.status).toBe(200);
      expect(await isListed(client)).toBe(false);
    }
  });

  it('publishes with candidates that follow by PATCH, and is missed when it vanishes', async () => {
    const again = publish('--trickle');
    await vi.waitUntil(() => again.connected, waiting);
    expect(again.last('created')?.offer).not.toContain('a=candidate');
    await vi.waitUntil(() => again.last('patched') !== undefined, waiting);
    expect(again.last('patched')).toMatchObject({ status: 204, etag: null, body: '' });
    expect(await isListed(again)).toBe(true);
    await again.kill();
    await vi.waitUntil(async () => !(await isListed(again)), waiting);
  });
});
