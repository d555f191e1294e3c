import { afterEach, describe, expect, it, vi } from 'vitest';
import { Talker } from '../audio/test-talker.ts';
import { type Emulator, type FaultOptions, startEmulator } from '../index.ts';
import { defaultProfile } from '../profile.ts';
import { closeAll, closeLater, TestClient, waiting } from '../webrtc/test-client.ts';
import { seedOf } from './draws.ts';
import { packetFates } from './packets/packet-fate.ts';

afterEach(closeAll);

/** Gives up soon on a publisher of which nothing is heard. */
const profile = { ...defaultProfile, sessions: { ...defaultProfile.sessions, silenceTimeoutMs: 400 } };

async function start(faults: FaultOptions, webRtc: { udpPort?: number } = {}): Promise<Emulator> {
  const emulator = await startEmulator({
    config: 'http 0; stream demo { input mosaic2://; } template guests { prefix ""; input publish://; }',
    profile,
    webRtc: { ...webRtc, announcedAddresses: ['127.0.0.1'] },
    faults,
  });
  closeLater(() => emulator.close());
  return emulator;
}

/** A client that publishes (`whip`) or watches (`whep`) over real HTTP and UDP. */
async function join(emulator: Emulator, stream: string, way: 'whip' | 'whep'): Promise<TestClient> {
  const direction = way === 'whip' ? 'sendonly' : 'recvonly';
  const { client } = await TestClient.join(direction, async (body) => {
    const headers = { 'content-type': 'application/sdp' };
    const response = await fetch(`${emulator.httpUrls[0]}/${stream}/${way}`, {
      method: 'POST',
      headers,
      body,
    });
    return { answer: await response.text() };
  });
  closeLater(() => client.close());
  await vi.waitUntil(() => client.peer.connectionState === 'connected', waiting);
  await vi.waitUntil(() => emulator.sessions().every(({ connected }) => connected), waiting);
  return client;
}

/** Of the packets of a flow, those that get through, as a rule with this loss decides by itself. */
function kept(seed: number, flow: readonly [string, string, number], lose: number, count: number): number[] {
  const fateOf = packetFates({ lose }, seedOf(seedOf(seed, 'rule-1', ...flow, 'audio'), 1));
  return Array.from({ length: count }, (_, index) => index).filter(
    (index) => !fateOf({ index, attempt: 0 }).lost,
  );
}

/** Sequence numbers as they came, counted from the first one. */
function numbersOf(client: TestClient): number[] {
  const [first = 0, ...rest] = client.received.map(({ header }) => header.sequenceNumber);
  return [0, ...rest.map((number) => (number - first + 65536) % 65536)];
}

/** The server has said goodbye. */
function wasToldOfEnd(client: TestClient): boolean {
  return client.peer.dtlsTransports[0]?.state === 'closed';
}

/** Sends sound until it is told to stop. */
function talk(client: TestClient): void {
  const talker = new Talker(440);
  const timer = setInterval(() => {
    const { payload, sequenceNumber, timestamp } = talker.packet();
    client.send({ sequenceNumber, timestamp }, payload);
  }, 20);
  closeLater(async () => clearInterval(timer));
}

describe('packets on purpose lost', () => {
  it('are missing at each listener: exactly those that the seed names', async () => {
    const emulator = await start({
      seed: 7,
      rules: [{ on: { direction: 'out', room: 'demo' }, do: { lose: 0.2 } }],
    });
    const listeners = [await join(emulator, 'demo', 'whep'), await join(emulator, 'demo', 'whep')];
    for (const [index, listener] of listeners.entries()) {
      await vi.waitUntil(() => listener.received.length >= 100, waiting);
      const came = numbersOf(listener);
      const expected = kept(7, ['out', 'demo', index + 1], 0.2, 1000);
      expect(came).toEqual(expected.slice(0, came.length).map((number) => number - expected[0]!));
      const share = 1 - came.length / (came.at(-1)! + 1);
      expect(share).toBeGreaterThan(0.1);
      expect(share).toBeLessThan(0.3);
    }
  });

  it.each([
    ['a port for each session', {}],
    ['one port for all', { udpPort: 0 }],
  ])('are missing in what a publisher sent, and counted as lost, with %s', async (_, webRtc) => {
    const faults: FaultOptions = {
      seed: 3,
      rules: [{ on: { direction: 'in', stream: 'al*' }, do: { lose: 0.3 } }],
    };
    const emulator = await start(faults, webRtc);
    const alice = await join(emulator, 'alice', 'whip');
    const count = 200;
    const expected = kept(3, ['in', 'alice', 1], 0.3, count);
    for (let number = 0; number < count; number += 1) {
      alice.send({ sequenceNumber: number, timestamp: number * 960 }, Buffer.from([0xf8, 0xff, 0xfe]));
    }
    await vi.waitUntil(() => emulator.faults.rules()[0]!.matched === count, waiting);
    const [session] = emulator.sessions();
    expect(session?.packets).toBe(expected.length);
    expect(session?.packetsLost).toBe(expected.at(-1)! + 1 - expected[0]! - expected.length);
    expect(emulator.faults.hits('rule-1')).toBe(count - expected.length);
  });
});

describe('packets on purpose late', () => {
  it('come in order after their time, and none waits for a server that is closed', async () => {
    const emulator = await start({
      rules: [{ on: { direction: 'in' }, do: { delayMs: 250, jitterMs: 50 } }],
    });
    const alice = await join(emulator, 'alice', 'whip');
    const startedMs = performance.now();
    for (let number = 0; number < 20; number += 1) {
      alice.send({ sequenceNumber: number, timestamp: number * 960 }, Buffer.from([0xf8, 0xff, 0xfe]));
    }
    await vi.waitUntil(() => emulator.sessions()[0]!.packets === 20, waiting);
    expect(performance.now() - startedMs).toBeGreaterThan(249);
    const id = emulator.faults.add({ on: { direction: 'in' }, do: { delayMs: 60_000 } });
    alice.send({ sequenceNumber: 20, timestamp: 19200 }, Buffer.from([0xf8, 0xff, 0xfe]));
    await vi.waitUntil(() => emulator.faults.hits(id) === 1, waiting);
    const closingMs = performance.now();
    await emulator.close();
    expect(performance.now() - closingMs).toBeLessThan(5000);
  });

  it('can be asked for while the emulator runs', async () => {
    const emulator = await start({});
    const listener = await join(emulator, 'demo', 'whep');
    await vi.waitUntil(() => listener.received.length >= 5, waiting);
    const id = emulator.faults.add({ on: { direction: 'out' }, do: { lose: 1 } });
    await vi.waitUntil(() => emulator.faults.hits(id) >= 10, waiting);
    const before = listener.received.length;
    emulator.faults.clear();
    await vi.waitUntil(() => listener.received.length >= before + 5, waiting);
    // What was lost is lost.
    expect(numbersOf(listener).at(-1)).toBeGreaterThanOrEqual(listener.received.length - 1 + 10);
  });
});

describe('a publisher that is cut off', () => {
  const soundOf = async (emulator: Emulator) => (await emulator.levels('demo')).members.get('alice')?.dbfs;

  async function talking() {
    const emulator = await start({});
    const alice = await join(emulator, 'alice', 'whip');
    await fetch(`${emulator.httpUrls[0]}/flussonic/api/dynamic_mosaic/demo`, {
      method: 'POST',
      body: '{"command":"add_stream","args":["alice"]}',
    });
    talk(alice);
    await vi.waitUntil(async () => ((await soundOf(emulator)) ?? -100) > -30, waiting);
    return { emulator, alice };
  }

  it('falls silent without a word, and its session ends when its time is over', async () => {
    const { emulator, alice } = await talking();
    emulator.faults.cutPublisher('alice');
    expect(emulator.sessions()).toHaveLength(1);
    await vi.waitUntil(() => emulator.sessions().length === 0, waiting);
    expect(wasToldOfEnd(alice)).toBe(false);
    expect(await soundOf(emulator)).toBeLessThan(-80);
    // It is a member still: nobody took it out of the room.
    expect(emulator.rooms()[0]?.members.map(({ stream }) => stream)).toEqual(['alice']);
    expect(() => emulator.faults.cutPublisher('alice')).toThrow(new RangeError('Nobody publishes "alice".'));
  });

  it('may come back, and is heard again', async () => {
    const { emulator, alice } = await talking();
    emulator.faults.cutPublisher('alice');
    await vi.waitUntil(() => emulator.sessions().length === 0, waiting);
    await alice.close();
    talk(await join(emulator, 'alice', 'whip'));
    await vi.waitUntil(async () => ((await soundOf(emulator)) ?? -100) > -30, waiting);
  });

  it('is told so, where the server closes its session', async () => {
    const { emulator, alice } = await talking();
    emulator.faults.cutPublisher('alice', 'close');
    await vi.waitUntil(() => wasToldOfEnd(alice), waiting);
    expect(emulator.sessions()).toEqual([]);
    expect(() => emulator.faults.cutPublisher('bob', 'close')).toThrow(RangeError);
  });
});

describe('a room that dies', () => {
  it('ends the sessions of its viewers, and those of others go on', async () => {
    const emulator = await start({});
    await join(emulator, 'alice', 'whip');
    const [ofRoom, ofStream] = [await join(emulator, 'demo', 'whep'), await join(emulator, 'alice', 'whep')];
    emulator.faults.killRoom('demo');
    await vi.waitUntil(() => wasToldOfEnd(ofRoom), waiting);
    expect(wasToldOfEnd(ofStream)).toBe(false);
    expect(emulator.sessions().map(({ stream, kind }) => [stream, kind])).toEqual([
      ['alice', 'publish'],
      ['alice', 'play'],
    ]);
    expect(emulator.rooms()).toEqual([]);
  });
});
