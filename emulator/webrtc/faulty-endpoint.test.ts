import { describe, expect, it } from 'vitest';
import { agreedKinds, FaultyEndpoint, type LinePacket } from './faulty-endpoint.ts';
import { writeRtpHeader } from './rtp-packet.ts';
import type { Peer, UdpEndpoint } from './udp-endpoint.ts';

const peer: Peer = { address: '192.0.2.1', port: 4000 };
const stranger: Peer = { address: '192.0.2.1', port: 4001 };
const rtp = Buffer.concat([
  writeRtpHeader({ payloadType: 111, marker: false, sequenceNumber: 7, timestamp: 960, ssrc: 5 }),
  Buffer.from('secret'),
]);
/** First bytes of STUN, DTLS and RTCP. */
const others = [
  Buffer.from([0, 1, 0, 0]),
  Buffer.from([22, 254, 253, 0]),
  Buffer.from([128, 200, 0, 6, 0, 0, 0, 1]),
];

/** An endpoint whose faults take all packets, in front of one that keeps what it is given. */
function setUp() {
  const state = { isCut: false, closed: [] as string[] };
  const pushed: { packet: LinePacket; pass: () => void }[] = [];
  const sent: Buffer[] = [];
  const claimed: Peer[] = [];
  const inner: UdpEndpoint = {
    candidates: [],
    onDatagram: undefined,
    send: (datagram) => void sent.push(datagram),
    expectChecks: () => {},
    claim: (one) => void claimed.push(one),
    close: async () => void state.closed.push('endpoint'),
  };
  const endpoint = new FaultyEndpoint(inner, {
    get isCut() {
      return state.isCut;
    },
    agree: () => {},
    push: (packet, pass) => void pushed.push({ packet, pass }),
    close: () => void state.closed.push('faults'),
  });
  const received: Buffer[] = [];
  endpoint.onDatagram = (datagram) => received.push(datagram);
  return { endpoint, inner, state, pushed, sent, claimed, received };
}

describe('a faulty endpoint', () => {
  it('hands RTP of both directions to the faults, and what they pass on', () => {
    const { endpoint, inner, pushed, sent, received, claimed } = setUp();
    endpoint.claim(peer);
    expect(claimed).toEqual([peer]);
    endpoint.send(rtp, peer);
    inner.onDatagram?.(rtp, peer);
    expect(pushed.map(({ packet }) => packet)).toEqual([
      expect.objectContaining({ payloadType: 111, sequenceNumber: 7, timestamp: 960, ssrc: 5 }),
      expect.objectContaining({ payloadType: 111, sequenceNumber: 7, timestamp: 960, ssrc: 5 }),
    ]);
    expect([sent, received]).toEqual([[], []]);
    for (const { pass } of pushed) pass();
    expect([sent, received]).toEqual([[rtp], [rtp]]);
  });

  it('lets everything else pass', () => {
    const { endpoint, inner, pushed, sent, received } = setUp();
    endpoint.claim(peer);
    for (const datagram of [...others, Buffer.alloc(0), rtp.subarray(0, 5)]) {
      endpoint.send(datagram, peer);
      inner.onDatagram?.(datagram, peer);
    }
    expect(pushed).toEqual([]);
    expect([sent.length, received.length]).toEqual([5, 5]);
  });

  it('does not count what strangers send', () => {
    const { endpoint, inner, pushed, received } = setUp();
    endpoint.claim(peer);
    inner.onDatagram?.(rtp, stranger);
    expect([pushed.length, received.length]).toEqual([0, 1]);
  });

  it('lets nothing pass where the network is gone', () => {
    const { endpoint, inner, state, pushed, sent, received } = setUp();
    endpoint.claim(peer);
    state.isCut = true;
    for (const datagram of [rtp, ...others]) {
      endpoint.send(datagram, peer);
      inner.onDatagram?.(datagram, peer);
    }
    expect([pushed.length, sent.length, received.length]).toEqual([0, 0, 0]);
  });

  it('closes both', async () => {
    const { endpoint, state } = setUp();
    await endpoint.close();
    expect(state.closed).toEqual(['faults', 'endpoint']);
  });
});

describe('agreedKinds', () => {
  it('tells sound from picture by payload types', () => {
    const line = (payloadType: number) => ({ codec: { payloadType } }) as never;
    expect([...agreedKinds({ audio: line(111), video: line(102) })]).toEqual([
      [111, 'audio'],
      [102, 'video'],
    ]);
    expect([...agreedKinds({ audio: line(111), video: undefined })]).toEqual([[111, 'audio']]);
  });
});
