import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPublishSession } from './publish-session.ts';
import { closeAll, openUdpSockets, portOf, TestClient, waiting } from './test-client.ts';
import { testOffers } from './test-offers.ts';
import { InvalidSdpError } from './types.ts';

const { chromiumPublisher } = testOffers;

afterEach(closeAll);

describe('making a session', () => {
  it('keeps to the port range, and says so when it is full', async () => {
    const blocker = createSocket('udp4').bind(0);
    await once(blocker, 'listening');
    const { port } = blocker.address();
    await expect(createPublishSession(chromiumPublisher, { udpPortRange: [port, port] })).rejects.toThrow(
      `no UDP port is free from ${port} to ${port}`,
    );
    blocker.close();
    await once(blocker, 'close');
    const session = await createPublishSession(chromiumPublisher, { udpPortRange: [port, port] });
    expect(portOf(session)).toBe(port);
    await session.close('closed-by-server');
  });

  it('announces the addresses it is told, and loopback', async () => {
    const session = await createPublishSession(chromiumPublisher, { announcedAddresses: ['203.0.113.9'] });
    const addresses = [...session.answer.matchAll(/a=candidate:\S+ 1 udp \S+ (\S+) /g)].map(
      ([, address]) => address,
    );
    expect(new Set(addresses)).toEqual(new Set(['203.0.113.9', '127.0.0.1']));
    await session.close('closed-by-server');
  });

  it('gives every session an id of its own that is safe in a URL', async () => {
    const sessions = await Promise.all(
      Array.from({ length: 20 }, () => createPublishSession(chromiumPublisher)),
    );
    const ids = sessions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(id).toMatch(/^[\w-]{24}$/);
    await Promise.all(sessions.map((session) => session.close('closed-by-server')));
  });

  it('leaves nothing open where it fails', async () => {
    await expect(createPublishSession('v=0', {})).rejects.toThrow(InvalidSdpError);
    await expect(
      createPublishSession(chromiumPublisher, { announcedAddresses: ['nonsense'] }),
    ).rejects.toThrow(TypeError);
    expect(openUdpSockets()).toBe(0);
  });

  it('leaves nothing open after handshakes that stop half-way', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const joined = await Promise.all(
      Array.from({ length: 5 }, () => TestClient.join('sendonly', (offer) => createPublishSession(offer))),
    );
    await Promise.all(
      joined.map(({ client, session }) => Promise.all([client.close(), session.close('replaced')])),
    );
    await vi.waitUntil(() => openUdpSockets() === 0, waiting);
    // What waits to repeat a part of a handshake finds out at its next turn that it is over. Not by
    // `waitUntil`, whose own timers would be counted.
    const patienceEndsMs = performance.now() + 10000;
    while (timers() > before && performance.now() < patienceEndsMs) await delay(20);
    expect(timers()).toBeLessThanOrEqual(before);
  });
});
