import { afterEach, describe, expect, it, vi } from 'vitest';
import { candidateFromSdp, RtcpSourceDescriptionPacket, RtcpSrPacket } from 'werift';
import { createPlaySession } from './play-session.ts';
import { closeAll, connected, connectPlayer, TestClient, waiting } from './test-client.ts';
import { InvalidSdpError } from './types.ts';

afterEach(closeAll);

describe('a play session', () => {
  it('sends what it is given, numbered without a gap', async () => {
    const { client, session } = await connectPlayer();
    const payloads = Array.from({ length: 50 }, (_, index) => Buffer.alloc(10 + index, index));
    for (const payload of payloads) session.sendAudio({ payload, samplesAt48k: 480 });
    await vi.waitUntil(() => client.received.length === payloads.length, waiting);
    expect(client.received.map(({ payload }) => payload)).toEqual(payloads);
    const headers = client.received.map(({ header }) => header);
    const [first] = headers;
    for (const [index, header] of headers.entries()) {
      expect((header.sequenceNumber - first!.sequenceNumber + 65536) % 65536).toBe(index);
      expect((header.timestamp - first!.timestamp + 2 ** 32) % 2 ** 32).toBe(index * 480);
      expect(header.marker).toBe(index === 0);
    }
    expect(session.stats()).toMatchObject({
      packets: 50,
      bytes: payloads.reduce((sum, { length }) => sum + length, 0),
    });
  });

  it('drops frames while nobody is connected, and starts with a marker', async () => {
    const joined = await TestClient.join('recvonly', async (offer) => {
      const made = await createPlaySession(offer, { audio: true, video: false });
      made.sendAudio({ payload: Buffer.from('early'), samplesAt48k: 960 });
      return made;
    });
    const { client, session } = await connected(joined);
    expect(session.stats().packets).toBe(0);
    session.sendAudio({ payload: Buffer.from('first'), samplesAt48k: 960 });
    await vi.waitUntil(() => client.received.length === 1, waiting);
    expect(client.received[0]).toMatchObject({ payload: Buffer.from('first'), header: { marker: true } });
  });

  it('sends sender reports under the name in the answer, and learns the round trip', async () => {
    const { client, session } = await connectPlayer();
    const names: string[] = [];
    const reported: number[] = [];
    client.peer.dtlsTransports[0]?.onRtcp.subscribe((packet) => {
      if (packet instanceof RtcpSourceDescriptionPacket) names.push(packet.chunks[0]?.items[0]?.text ?? '');
      if (packet instanceof RtcpSrPacket) reported.push(packet.senderInfo.packetCount);
    });
    for (let i = 0; i < 5; i += 1) session.sendAudio({ payload: Buffer.from('x'), samplesAt48k: 960 });
    await vi.waitUntil(() => session.stats().roundTripMs !== undefined, waiting);
    expect(reported[0]).toBe(5);
    expect(new Set(names)).toEqual(new Set([/cname:(\S+)/.exec(session.answer)?.[1]]));
    expect(session.stats().roundTripMs).toBeLessThan(1000);
  });

  it('ends when the player vanishes', async () => {
    const { client, session } = await connectPlayer({ lostTimeoutMs: 300 });
    await client.close();
    expect(await session.ended).toBe('connection-lost');
  });

  it('does not mind being used after its end', async () => {
    const { session } = await connectPlayer();
    await session.close('closed-by-server');
    session.sendAudio({ payload: Buffer.from('x'), samplesAt48k: 960 });
    expect(session.stats().packets).toBe(0);
  });
});

describe('patch', () => {
  const candidate = 'a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host';

  it('takes candidates of the session and answers nothing', async () => {
    const { session } = await connectPlayer();
    const before = session.iceETag;
    expect(
      await session.patch(`m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n${candidate}\r\n`),
    ).toBeUndefined();
    expect(session.iceETag).toBe(before);
  });

  it.each([
    [
      'an unknown mid',
      `m=audio 9 X 0\r\na=mid:77\r\n${candidate}`,
      'no m-line of the offer has the mid "77"',
    ],
    ['a foreign ufrag', `a=ice-ufrag:other\r\n${candidate}`, 'an ICE restart needs an ice-pwd'],
    ['no fragment', 'hello', 'cannot read the line'],
  ])('refuses %s', async (_what, fragment, message) => {
    const { session } = await connectPlayer();
    await expect(session.patch(fragment)).rejects.toThrow(InvalidSdpError);
    await expect(session.patch(fragment)).rejects.toThrow(message);
  });

  it('restarts ICE while sound goes on', async () => {
    const { client, session } = await connectPlayer();
    const before = session.iceETag;
    const ice = client.peer.iceTransports[0]!;
    ice.restart();
    await ice.gather();
    const { usernameFragment, password } = ice.localParameters;
    const answer = await session.patch(`a=ice-ufrag:${usernameFragment}\r\na=ice-pwd:${password}\r\n`);
    expect(session.iceETag).not.toBe(before);
    expect(answer).toContain('a=end-of-candidates');
    const value = (name: string) => new RegExp(`a=${name}:(\\S+)`).exec(answer ?? '')?.[1] ?? '';
    ice.setRemoteParams({ iceLite: true, usernameFragment: value('ice-ufrag'), password: value('ice-pwd') });
    for (const [, text = ''] of (answer ?? '').matchAll(/a=candidate:(.*)\r/g)) {
      await ice.addRemoteCandidate(candidateFromSdp(text));
    }
    await ice.addRemoteCandidate(undefined);
    await ice.start();
    const count = client.received.length;
    session.sendAudio({ payload: Buffer.from('after'), samplesAt48k: 960 });
    await vi.waitUntil(() => client.received.length === count + 1, waiting);
    expect(session.connected).toBe(true);
  });
});
