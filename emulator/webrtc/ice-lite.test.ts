import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classes, Message, methods, parseMessage } from 'werift';
import { IceLiteAgent } from './ice-lite.ts';
import type { Peer } from './udp-endpoint.ts';

const client: Peer = { address: '192.0.2.1', port: 5000 };
const elsewhere: Peer = { address: '192.0.2.2', port: 6000 };

/** @param remoteUfrag empty where it is not known yet */
function setUp(remoteUfrag = 'them') {
  const sent: { message: Message; to: Peer }[] = [];
  const selected: Peer[] = [];
  const agent: IceLiteAgent = new IceLiteAgent({
    ...(remoteUfrag === '' ? {} : { remoteUfrag }),
    send: (datagram, to) => {
      const message = parseMessage(datagram);
      if (message !== undefined) sent.push({ message, to });
    },
    onSelected: (peer) => selected.push(peer),
  });
  return { agent, sent, selected };
}

interface Check {
  username?: string;
  password?: string;
  nominate?: boolean;
  role?: 'ICE-CONTROLLING' | 'ICE-CONTROLLED';
}

function check(agent: IceLiteAgent, options: Check = {}): Buffer {
  const {
    username = `${agent.ufrag}:them`,
    password = agent.pwd,
    nominate = false,
    role = 'ICE-CONTROLLING',
  } = options;
  const request = new Message(methods.BINDING, classes.REQUEST);
  request.setAttribute('USERNAME', username).setAttribute('PRIORITY', 1).setAttribute(role, 5n);
  if (nominate) request.setAttribute('USE-CANDIDATE', null);
  return request.addMessageIntegrity(Buffer.from(password)).addFingerprint().bytes;
}

describe('IceLiteAgent', () => {
  it('answers a check with the address it came from, signed with its password', () => {
    const { agent, sent } = setUp();
    const request = check(agent);
    expect(agent.handle(request, client)).toBe(true);
    expect(sent).toHaveLength(1);
    const [answer] = sent;
    expect(answer?.to).toEqual(client);
    expect(answer?.message.messageClass).toBe(classes.RESPONSE);
    expect(answer?.message.transactionId).toEqual(request.subarray(8, 20));
    expect(answer?.message.getAttributeValue('XOR-MAPPED-ADDRESS')).toEqual([client.address, client.port]);
    expect(parseMessage(answer!.message.bytes, Buffer.from(agent.pwd))).toBeDefined();
  });

  it('selects the address of a check that nominates, and another one later', () => {
    const { agent, selected } = setUp();
    agent.handle(check(agent), client);
    expect(agent.selected).toBeUndefined();
    expect(agent.isPeer(client)).toBe(true);
    agent.handle(check(agent, { nominate: true }), client);
    agent.handle(check(agent, { nominate: true }), client);
    agent.handle(check(agent, { nominate: true }), elsewhere);
    expect(selected).toEqual([client, elsewhere]);
    expect(agent.selected).toEqual(elsewhere);
    expect(agent.isPeer(client)).toBe(true);
  });

  it.each<[string, Check & { foreign?: boolean }]>([
    ['a wrong password', { password: 'wrong' }],
    ['a wrong user fragment', { username: 'nobody:them' }],
    ['a foreign user fragment', { foreign: true }],
  ])('is silent to %s', (_what, options) => {
    const { agent, sent } = setUp();
    const username = options.foreign ? `${agent.ufrag}:other` : (options.username ?? `${agent.ufrag}:them`);
    const password = options.password ?? agent.pwd;
    expect(agent.handle(check(agent, { username, password, nominate: true }), client)).toBe(false);
    expect(sent).toEqual([]);
    expect(agent.isPeer(client)).toBe(false);
    expect(agent.selected).toBeUndefined();
  });

  it('is silent to port 0, from which packets can come and to which none can be sent', () => {
    const { agent, sent } = setUp();
    const nobody = { address: client.address, port: 0 };
    expect(agent.handle(check(agent, { nominate: true }), nobody)).toBe(false);
    agent.handle(check(agent, { role: 'ICE-CONTROLLED' }), nobody);
    expect(sent).toEqual([]);
    expect(agent.isPeer(nobody)).toBe(false);
    expect(agent.selected).toBeUndefined();
  });

  it('tells a client that thinks it is controlled to switch', () => {
    const { agent, sent } = setUp();
    agent.handle(check(agent, { role: 'ICE-CONTROLLED' }), client);
    expect(sent[0]?.message.messageClass).toBe(classes.ERROR);
    expect(sent[0]?.message.getAttributeValue('ERROR-CODE')[0]).toBe(487);
  });

  it('is silent to anything that is no request, and throws at nothing', () => {
    const { agent, sent } = setUp();
    const good = check(agent, { nominate: true });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 100 }),
        fc.nat(good.length - 1),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, xor) => {
          expect(agent.handle(Buffer.from(bytes), client)).toBe(false);
          const changed = Buffer.from(good);
          changed[at] = changed.readUInt8(at) ^ xor;
          expect(agent.handle(changed, client)).toBe(false);
          expect(agent.handle(good.subarray(0, at), client)).toBe(false);
        },
      ),
    );
    expect(sent).toEqual([]);
  });

  it('remembers no more than 16 addresses', () => {
    const { agent } = setUp();
    const peers = Array.from({ length: 20 }, (_, index) => ({ address: '192.0.2.9', port: 1000 + index }));
    for (const peer of peers) agent.handle(check(agent), peer);
    expect(peers.filter((peer) => agent.isPeer(peer))).toEqual(peers.slice(4));
  });

  it('answers a client before its description is there, and keeps what it has chosen', () => {
    const { agent, sent } = setUp('');
    expect(agent.handle(check(agent, { nominate: true }), client)).toBe(true);
    agent.expect('them');
    expect(sent).toHaveLength(1);
    expect(agent.selected).toEqual(client);
  });

  it('forgets what was chosen before in the name of another than the description’s', () => {
    const { agent } = setUp('');
    const early = `${agent.ufrag}:else`;
    agent.handle(check(agent, { username: early, nominate: true }), elsewhere);
    agent.expect('them');
    expect(agent.selected).toBeUndefined();
    expect(agent.isPeer(elsewhere)).toBe(false);
    expect(agent.handle(check(agent, { username: early }), elsewhere)).toBe(false);
    expect(agent.handle(check(agent, { nominate: true }), client)).toBe(true);
    expect(agent.selected).toEqual(client);
  });

  it('takes the old credentials after a restart until the new ones nominate', () => {
    const { agent } = setUp();
    const old = check(agent, { nominate: true });
    agent.handle(old, client);
    agent.restart('new!');
    expect(agent.handle(old, client)).toBe(true);
    expect(agent.handle(check(agent, { username: `${agent.ufrag}:them` }), elsewhere)).toBe(false);
    expect(agent.handle(check(agent, { username: `${agent.ufrag}:new!`, nominate: true }), elsewhere)).toBe(
      true,
    );
    expect(agent.selected).toEqual(elsewhere);
    expect(agent.handle(old, client)).toBe(false);
  });
});
