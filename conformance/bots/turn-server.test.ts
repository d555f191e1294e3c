import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTurnServer } from './turn-server.ts';

describe('a TURN server', () => {
  it.each([
    ['turn:u:p@relay.example', 'turn:relay.example:3478?transport=udp'],
    ['turn:u:p@192.0.2.1:80?transport=tcp', 'turn:192.0.2.1:80?transport=tcp'],
    ['turn://u:p@relay.example:3479', 'turn:relay.example:3479?transport=udp'],
    ['TURNS:u:p@relay.example', 'turns:relay.example:5349?transport=tcp'],
    ['turns:u:p@relay.example:443?transport=TCP', 'turns:relay.example:443?transport=tcp'],
  ])('is read from %s', (text, url) => {
    expect(parseTurnServer(text)).toEqual({ url, username: 'u', credential: 'p' });
  });

  it('may have any user and password', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (username, credential) => {
        const [user, password] = [username, credential].map(encodeURIComponent);
        expect(parseTurnServer(`turn:${user}:${password}@h`)).toMatchObject({ username, credential });
      }),
    );
  });

  it.each([
    '',
    'relay.example',
    'turn:relay.example',
    'turn:user@relay.example',
    'turn:user:@relay.example',
    'stun:user:secret@relay.example',
    'turn:user:secret@',
    'turn:user:secret@relay.example:99999',
    'turn:user:secret@relay.example:0',
    'turn:user:secret@[2001:db8::1]',
    'turn:user:secret@relay.example?transport=sctp',
    'turn:user:se%cret@relay.example',
    'turn:user:se@cret@relay.example',
    'turn:user:secret@relay.example/path',
    'turns:user:secret@relay.example?transport=udp',
  ])('is not %j, and no password is repeated', (text) => {
    expect(() => parseTurnServer(text)).toThrow(RangeError);
    expect(() => parseTurnServer(text)).not.toThrow(/secret|cret@/);
  });
});
