import { describe, expect, it } from 'vitest';
import { classes, Message, methods } from 'werift';
import { UdpRoutes } from './udp-routes.ts';

const peer = (port: number) => ({ address: '192.0.2.1', port });
const media = Buffer.from([0x80, 0]);

function check(ufrag: string): Buffer {
  const message = new Message(methods.BINDING, classes.REQUEST);
  message.setAttribute('USERNAME', `${ufrag}:theirs`);
  return message.bytes;
}

describe('UdpRoutes', () => {
  it('leads checks by user fragment, and all else by address and port', () => {
    const routes = new UdpRoutes<string>();
    routes.addUfrag('alice', 'ua');
    routes.addUfrag('bob', 'ub');
    routes.addPeer('alice', peer(1));
    routes.addPeer('bob', peer(2));
    expect(routes.find(check('ua'), peer(9))).toBe('alice');
    expect(routes.find(check('ub'), peer(1))).toBe('bob');
    expect(routes.find(media, peer(1))).toBe('alice');
    expect(routes.find(media, peer(2))).toBe('bob');
    expect(routes.find(media, peer(3))).toBeUndefined();
    expect(routes.find(check('uc'), peer(1))).toBeUndefined();
    expect(routes.find(Buffer.alloc(0), peer(1))).toBeUndefined();
  });

  it('keeps the user fragment before a restart, and not the one before that', () => {
    const routes = new UdpRoutes<string>();
    for (const ufrag of ['u1', 'u2', 'u3']) routes.addUfrag('alice', ufrag);
    expect(['u1', 'u2', 'u3'].map((ufrag) => routes.find(check(ufrag), peer(1)))).toEqual([
      undefined,
      'alice',
      'alice',
    ]);
  });

  it('gives an address to whoever proved to be there last, and takes it from nobody but them', () => {
    const routes = new UdpRoutes<string>();
    routes.addPeer('old', peer(1));
    routes.addPeer('new', peer(1));
    expect(routes.find(media, peer(1))).toBe('new');
    routes.remove('old');
    expect(routes.find(media, peer(1))).toBe('new');
    routes.remove('new');
    expect(routes.find(media, peer(1))).toBeUndefined();
  });

  it('keeps few addresses of one session', () => {
    const routes = new UdpRoutes<string>();
    for (let port = 1; port <= 40; port += 1) routes.addPeer('alice', peer(port));
    expect(routes.find(media, peer(24))).toBeUndefined();
    expect(routes.find(media, peer(25))).toBe('alice');
  });
});
