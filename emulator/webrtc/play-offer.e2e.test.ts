import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPlayOffer } from './play-offer.ts';
import { readSdpSections } from './sdp-lines.ts';
import { chromiumAnswer } from './test-answers.ts';
import { closeAll, closeLater, connected, openUdpSockets, TestClient, waiting } from './test-client.ts';
import { InvalidSdpError, type PlayOffer } from './types.ts';

afterEach(closeAll);

async function open(options: Parameters<typeof createPlayOffer>[0] = { video: false }): Promise<PlayOffer> {
  const offer = await createPlayOffer(options);
  closeLater(() => offer.close('closed-by-server'));
  return offer;
}

function answering(video = false): TestClient {
  const client = TestClient.answering(video);
  closeLater(() => client.close());
  return client;
}

describe('an offer to a viewer', () => {
  it('has one line of sound where there is no picture, and one stream for both where there is', async () => {
    const [sound, both] = [await open(), await open({ video: true })];
    expect(readSdpSections(sound.sdp).media.map(({ kind }) => kind)).toEqual(['audio']);
    const { media, attributes } = readSdpSections(both.sdp);
    expect(media.map(({ kind, formats }) => [kind, formats])).toEqual([
      ['audio', ['111']],
      ['video', ['102']],
    ]);
    expect(attributes.get('group')).toEqual(['BUNDLE 0 1']);
    const streams = media.map((section) => section.attributes.get('msid')?.[0]?.split(' ')[0]);
    expect(new Set(streams).size).toBe(1);
    for (const section of media) {
      expect(section.attributes.get('setup')).toEqual(['actpass']);
      expect(section.attributes.has('sendonly') && section.attributes.has('rtcp-mux')).toBe(true);
      expect(section.attributes.get('candidate')?.length).toBeGreaterThan(0);
    }
    expect(media[1]?.attributes.get('fmtp')?.[0]).toContain('packetization-mode=1;profile-level-id=42e01f');
  });

  it('becomes a session that sends sound and picture when it is answered', async () => {
    const [offer, client] = [await open({ video: true }), answering(true)];
    const session = offer.accept(await client.answer(offer.sdp));
    expect(session).toMatchObject({ id: offer.id, kind: 'play', hasVideo: true });
    await connected({ client, session });
    session.sendAudio({ payload: Buffer.from([1, 2, 3]), samplesAt48k: 960 });
    session.sendVideo({ payloads: [Buffer.from([0x65, 7])], timestamp90k: 0 });
    await vi.waitUntil(() => client.received.length > 0 && client.receivedVideo.length > 0, waiting);
    expect(client.received[0]?.payload).toEqual(Buffer.from([1, 2, 3]));
    expect(client.receivedVideo[0]?.payload).toEqual(Buffer.from([0x65, 7]));
  });

  it('answers the checks of a client whose answer is slower, and takes its handshake up then', async () => {
    const [offer, client] = [await open(), answering()];
    const answer = await client.answer(offer.sdp);
    const handshake = () => client.peer.dtlsTransports[0]?.dtls?.dtls;
    await vi.waitUntil(() => handshake()?.flight === 1, waiting);
    expect(client.peer.iceTransports[0]?.state).toMatch(/connected|completed/);
    // It says hello once only: what it said has to be kept.
    handshake()!.flight = 100;
    const session = offer.accept(answer);
    expect(session.connected).toBe(false);
    await connected({ client, session });
  });

  it('stays open for another answer where one cannot be used, and takes one only', async () => {
    const offer = await open({ video: true });
    expect(() => offer.accept('v=0')).toThrow(InvalidSdpError);
    const session = offer.accept(chromiumAnswer);
    expect(session.connected).toBe(false);
    expect(() => offer.accept(chromiumAnswer)).toThrow('answered before');
    await offer.close('closed-by-server');
    expect(await session.ended).toBe('closed-by-server');
    expect(await offer.ended).toBe('closed-by-server');
  });

  it('is given up when nobody answers, and when nobody connects', async () => {
    const silent = await open({ video: false, connectTimeoutMs: 30 });
    expect(await silent.ended).toBe('never-connected');
    await vi.waitUntil(() => openUdpSockets() === 0, waiting);
    expect(() => silent.accept(chromiumAnswer)).toThrow('closed');
    const answered = await open({ video: true, connectTimeoutMs: 30 });
    answered.accept(chromiumAnswer);
    expect(await answered.ended).toBe('never-connected');
  });
});
