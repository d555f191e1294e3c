import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fakeDevices, isWithoutChromium, launchChromium } from '../../../scripts/test-chromium.ts';
import { type Emulator, startEmulator } from '../../index.ts';
import { eraPage } from './test-era-page.ts';

const config = `
stream lobby { input mosaic2:// disable_video=false; }
stream alice { input publish://; }
`;
const waiting = { timeout: 25_000, interval: 50 };

let browser: Browser;
let server: Server;
let emulator: Emulator;
let tab: Page;
/** Where the page's sockets go: the clients of these eras speak TLS only. */
let wss = '';

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(eraPage);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await launchChromium([...fakeDevices, '--ignore-certificate-errors']);
  emulator = await startEmulator({ config, http: [{ port: 0 }], https: [{ port: 0, address: '127.0.0.1' }] });
  wss = emulator.httpsUrls[0]!.replace('https', 'wss');
  await command('add_stream', 'alice');
});

afterEach(() => tab?.close());

afterAll(async () => {
  await browser?.close();
  await emulator?.close();
  server.close();
  server.closeAllConnections();
});

async function command(name: string, ...args: string[]): Promise<void> {
  const url = `${emulator.httpUrls[0]}/flussonic/api/dynamic_mosaic/lobby`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ command: name, args }) });
  expect(answer.status).toBe(200);
}

type Stats = Readonly<Record<string, unknown>>;

/** The numbers that the page's connection has of one kind. */
async function statsOf(name: 'play' | 'publish', type: string, kind: string): Promise<Stats> {
  const all = (await tab.evaluate(`stats('${name}')`)) as Stats[];
  return all.find((entry) => entry.type === type && entry.kind === kind) ?? {};
}

async function sessions(): Promise<Stats[]> {
  const answer = await fetch(`${emulator.httpUrls[0]}/flussonic/api/sessions`);
  return ((await answer.json()) as { sessions: Stats[] }).sessions;
}

async function received(): Promise<number> {
  const publisher = (await sessions()).find(({ type }) => type === 'webrtc_publish');
  return Number(publisher?.bytes_received ?? 0);
}

async function openTab(): Promise<string[]> {
  tab = await browser.newPage();
  const errors: string[] = [];
  tab.on('pageerror', (error) => errors.push(error.message));
  await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/era.html`);
  await tab.evaluate(`publish('${wss}/alice/webrtc/publish')`);
  await vi.waitUntil(async () => (await received()) > 20_000, waiting);
  return errors;
}

describe.skipIf(isWithoutChromium)('Chromium with a page that speaks as 20.x and 22.x do', () => {
  it('publishes, and gets sound and picture of the room offered', async () => {
    const errors = await openTab();
    expect(await tab.evaluate('talks.publish.candidates')).toBeGreaterThan(0);
    await tab.evaluate(`play('${wss}/lobby/webrtc')`);
    await vi.waitUntil(async () => {
      const audio = await statsOf('play', 'inbound-rtp', 'audio');
      const video = await statsOf('play', 'inbound-rtp', 'video');
      return Number(video.framesDecoded) > 25 && Number(audio.totalAudioEnergy) > 0;
    }, waiting);
    expect(await statsOf('play', 'inbound-rtp', 'video')).toMatchObject({
      frameWidth: 1280,
      frameHeight: 720,
    });
    expect(await tab.evaluate("document.querySelector('video').srcObject.getTracks().length")).toBe(2);
    expect(await tab.evaluate('talks.play.frames[0].config')).toEqual({});

    // As 22.x changes tracks: first the sound of everybody but alice, who is alone, then all of it.
    const energy = async () => Number((await statsOf('play', 'inbound-rtp', 'audio')).totalAudioEnergy);
    await tab.evaluate("talks.play.send({ type: 'select_tracks', tracks: 'v1a2' })");
    await vi.waitUntil(() => tab.evaluate("talks.play.frames.at(-1).type === 'info'"), waiting);
    expect(await tab.evaluate('talks.play.frames.at(-1)')).toEqual({
      type: 'info',
      audio_track_id: 'a2',
      video_track_id: 'v1',
    });
    const frames = async () => Number((await statsOf('play', 'inbound-rtp', 'video')).framesDecoded);
    await vi.waitUntil(async () => {
      const [energyBefore, framesBefore] = [await energy(), await frames()];
      await vi.waitUntil(async () => (await frames()) > framesBefore + 25, waiting);
      return (await energy()) - energyBefore < 1e-6;
    }, waiting);
    const silent = await energy();
    await tab.evaluate("talks.play.send({ type: 'select_tracks', tracks: ['a1', 'v1'] })");
    await vi.waitUntil(async () => (await energy()) > silent + 1e-4, waiting);

    await tab.evaluate('talks.play.socket.close()');
    await vi.waitUntil(async () => (await sessions()).length === 1, waiting);
    await tab.evaluate('talks.publish.socket.close()');
    await vi.waitUntil(async () => (await sessions()).length === 0, waiting);
    expect(errors).toEqual([]);
  });

  it.each([
    ['as it restarts ICE', '{ iceRestart: true }'],
    ['without a restart', '{}'],
  ])('offers again on the same socket %s, and its media goes on', async (_how, options) => {
    const errors = await openTab();
    const [{ id: old } = { id: '' }] = await sessions();
    await tab.evaluate(`offer('publish', ${options})`);
    await vi.waitUntil(async () => {
      const present = await sessions();
      return present.length === 1 && present[0]?.id !== old;
    }, waiting);
    await vi.waitUntil(async () => (await received()) > 20_000, waiting);
    expect(await tab.evaluate('talks.publish.closed')).toBeUndefined();
    expect(errors).toEqual([]);
  });
});
