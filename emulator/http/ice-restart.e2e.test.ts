import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fakeDevices, isWithoutChromium, launchChromium } from '../../scripts/test-chromium.ts';
import { type Emulator, startEmulator } from '../index.ts';

const waiting = { timeout: 15_000, interval: 100 };
const stun = 'stun:stun.example.com';

/** A page of another origin, which reads of the answers only what CORS lets it read. */
const script = `
  const sessions = {};
  const fragmentType = 'application/trickle-ice-sdpfrag';
  const valueOf = (sdp, name) => new RegExp('a=' + name + ':(.*?)\\r?\\n').exec(sdp)[1];
  async function patch({ location }, ifMatch, lines) {
    const headers = { 'content-type': fragmentType, 'if-match': ifMatch };
    return fetch(location, { method: 'PATCH', headers, body: lines.map((line) => line + '\\r\\n').join('') });
  }
  async function open(name, url, peer) {
    await peer.setLocalDescription(await peer.createOffer());
    const headers = { 'content-type': 'application/sdp' };
    const response = await fetch(url, { method: 'POST', headers, body: peer.localDescription.sdp });
    const answer = await response.text();
    const read = (header) => response.headers.get(header);
    sessions[name] = { peer, answer, location: new URL(read('location'), url).href, etag: read('etag') };
    await peer.setRemoteDescription({ type: 'answer', sdp: answer });
    return { status: response.status, link: read('link'), acceptPatch: read('accept-patch') };
  }
  function publish(url) {
    const context = new AudioContext();
    const destination = context.createMediaStreamDestination();
    const tone = context.createOscillator();
    tone.connect(destination);
    tone.start();
    const peer = new RTCPeerConnection();
    peer.addTransceiver(destination.stream.getTracks()[0], { direction: 'sendonly' });
    return open('publisher', url, peer);
  }
  function play(url) {
    const peer = new RTCPeerConnection();
    peer.addTransceiver('audio', { direction: 'recvonly' });
    peer.ontrack = ({ track }) => {
      const element = new Audio();
      element.srcObject = new MediaStream([track]);
      element.play();
    };
    return open('player', url, peer);
  }
  async function restart(name) {
    const session = sessions[name];
    const { peer, etag } = session;
    await peer.setLocalDescription(await peer.createOffer({ iceRestart: true }));
    const own = ['ice-ufrag', 'ice-pwd'].map((key) => 'a=' + key + ':' + valueOf(peer.localDescription.sdp, key));
    const response = await patch(session, '*', own);
    const fragment = await response.text();
    session.etag = response.headers.get('etag');
    const sdp = ['ice-ufrag', 'ice-pwd'].reduce(
      (text, key) => text.replaceAll(new RegExp('a=' + key + ':.*', 'g'), 'a=' + key + ':' + valueOf(fragment, key)),
      session.answer,
    );
    const before = valueOf(session.answer, 'ice-ufrag');
    session.answer = sdp;
    await peer.setRemoteDescription({ type: 'answer', sdp });
    const candidate = 'a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host';
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      isNewETag: session.etag !== etag,
      isNewUfrag: valueOf(fragment, 'ice-ufrag') !== before,
      withOldETag: (await patch(session, etag, [candidate])).status,
      withNewETag: (await patch(session, session.etag, [candidate])).status,
    };
  }
  async function path(name) {
    const stats = await sessions[name].peer.getStats();
    const { selectedCandidatePairId } = [...stats.values()].find(({ type }) => type === 'transport');
    const pair = stats.get(selectedCandidatePairId);
    const { audioLevel } = [...stats.values()].find(({ type }) => type === 'inbound-rtp') ?? {};
    const packets = pair && pair.packetsSent + pair.packetsReceived;
    return { port: pair && stats.get(pair.localCandidateId).port, packets, audioLevel };
  }
`;

describe.skipIf(isWithoutChromium)('an ICE restart by PATCH, by Chromium', () => {
  let emulator: Emulator;
  let browser: Browser;
  let page: Page;

  interface Path {
    readonly port?: number;
    readonly packets?: number;
    readonly audioLevel?: number;
  }
  const pathOf = (name: string) => page.evaluate(`path('${name}')`) as Promise<Path>;

  beforeAll(async () => {
    const config = 'stream lobby { input mosaic2://; } stream alice { input publish://; }';
    emulator = await startEmulator({ config, iceServers: [{ urls: stun }] });
    browser = await launchChromium(fakeDevices);
    page = await browser.newPage();
    await page.evaluate(`${script}; Object.assign(globalThis, { publish, play, restart, path });`);
  });

  afterAll(async () => {
    await browser?.close();
    await emulator?.close();
  });

  it('begins with sessions whose headers a page of another origin may read', async () => {
    const [url] = emulator.httpUrls;
    const body = '{"command":"add_stream","args":["alice"]}';
    await fetch(`${url}/flussonic/api/dynamic_mosaic/lobby`, { method: 'POST', body });
    const told = {
      status: 201,
      link: `<${stun}>; rel="ice-server"`,
      acceptPatch: 'application/trickle-ice-sdpfrag',
    };
    expect(await page.evaluate(`publish('${url}/alice/whip')`)).toEqual(told);
    expect(await page.evaluate(`play('${url}/lobby/whep')`)).toEqual(told);
    await vi.waitUntil(async () => ((await pathOf('player')).audioLevel ?? 0) > 0.1, waiting);
  });

  it.each(['publisher', 'player'])('goes on from another port: %s', async (name) => {
    const before = await pathOf(name);
    expect(before.port).toBeGreaterThan(0);
    expect(await page.evaluate(`restart('${name}')`)).toEqual({
      status: 200,
      type: 'application/trickle-ice-sdpfrag',
      isNewETag: true,
      isNewUfrag: true,
      withOldETag: 412,
      withNewETag: 204,
    });
    const after = await vi.waitFor(async () => {
      const path = await pathOf(name);
      expect(path.port).toBeGreaterThan(0);
      expect(path.port).not.toBe(before.port);
      return path;
    }, waiting);
    await vi.waitUntil(async () => ((await pathOf(name)).packets ?? 0) > (after.packets ?? 0) + 50, waiting);
    expect((await pathOf('player')).audioLevel).toBeGreaterThan(0.1);
  });
});
