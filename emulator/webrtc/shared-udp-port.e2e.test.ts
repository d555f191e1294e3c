import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPlaySession } from './play-session.ts';
import { createPublishSession } from './publish-session.ts';
import { SharedUdpPort } from './shared-udp-port.ts';
import {
  closeAll,
  closeLater,
  connected,
  openUdpSockets,
  portOf,
  TestClient,
  waiting,
} from './test-client.ts';

afterEach(closeAll);

async function openPort(): Promise<SharedUdpPort> {
  const sharedPort = await SharedUdpPort.open(0, false);
  closeLater(() => sharedPort.close());
  return sharedPort;
}

describe('a UDP port for all sessions', () => {
  it('brings each client’s packets to its own session, both ways', async () => {
    const sharedPort = await openPort();
    const publishers = await Promise.all(
      ['alice', 'bob', 'carol'].map(async (name) => {
        const joined = await TestClient.join('sendonly', (offer) =>
          createPublishSession(offer, { sharedPort }),
        );
        return { name, ...(await connected(joined)) };
      }),
    );
    const viewer = await connected(
      await TestClient.join('recvonly', (offer) =>
        createPlaySession(offer, { sharedPort, audio: true, video: false }),
      ),
    );
    const heard = publishers.map(({ client, session, name }, i) => {
      const texts = new Set<string>();
      session.onAudio = ({ payload }) => texts.add(payload.toString());
      for (let n = 0; n < 5; n += 1) client.send({ sequenceNumber: 100 * i + n }, Buffer.from(name));
      return texts;
    });
    await vi.waitUntil(() => publishers.every(({ session }) => session.stats().packets === 5), waiting);
    expect(heard.map((texts) => [...texts])).toEqual([['alice'], ['bob'], ['carol']]);
    viewer.session.sendAudio({ payload: Buffer.from('mix'), samplesAt48k: 960 });
    await vi.waitUntil(() => viewer.client.received.length === 1, waiting);
    const ports = [...publishers, viewer].map(({ session }) => portOf(session));
    expect(new Set(ports)).toEqual(new Set([sharedPort.port]));
  });

  it('stays open for the others when a session ends, and forgets the one that ended', async () => {
    const sharedPort = await openPort();
    const join = async () =>
      connected(await TestClient.join('sendonly', (offer) => createPublishSession(offer, { sharedPort })));
    const [gone, other] = [await join(), await join()];
    await gone.session.close('closed-by-server');
    for (let n = 0; n < 5; n += 1) {
      gone.client.send({ sequenceNumber: n }, Buffer.from('x'));
      other.client.send({ sequenceNumber: n }, Buffer.from('x'));
    }
    await vi.waitUntil(() => other.session.stats().packets === 5, waiting);
    expect(gone.session.stats().packets).toBe(0);
  });

  it('can be closed twice, and before its sessions', async () => {
    const sharedPort = await openPort();
    const { session } = await connected(
      await TestClient.join('sendonly', (offer) => createPublishSession(offer, { sharedPort })),
    );
    await Promise.all([sharedPort.close(), sharedPort.close()]);
    session.requestKeyframe();
    await session.close('closed-by-server');
    await closeAll();
    expect(openUdpSockets()).toBe(0);
  });

  it('says why it cannot be opened', async () => {
    const { port } = await openPort();
    await expect(SharedUdpPort.open(port, false)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
