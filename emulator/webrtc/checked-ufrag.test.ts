import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classes, Message, methods } from 'werift';
import { checkedUfrag } from './checked-ufrag.ts';

function check(username: string): Buffer {
  const message = new Message(methods.BINDING, classes.REQUEST);
  message.setAttribute('PRIORITY', 1);
  message.setAttribute('USERNAME', username);
  return message.addMessageIntegrity(Buffer.from('password')).addFingerprint().bytes;
}

describe('checkedUfrag', () => {
  it('reads the half of the user name that is ours', () => {
    expect(checkedUfrag(check('ours:theirs'))).toBe('ours');
    expect(checkedUfrag(check('a:'))).toBe('a');
  });

  it('finds none where there is none', () => {
    expect(checkedUfrag(check('no colon'))).toBeUndefined();
    expect(checkedUfrag(check(':theirs'))).toBeUndefined();
    expect(checkedUfrag(new Message(methods.BINDING, classes.REQUEST).bytes)).toBeUndefined();
    expect(checkedUfrag(Buffer.alloc(0))).toBeUndefined();
  });

  it('takes hostile packets', () => {
    const genuine = check('ours:theirs');
    fc.assert(
      fc.property(fc.nat(genuine.length), fc.nat(genuine.length - 1), fc.nat(255), (length, at, byte) => {
        const packet = Buffer.from(genuine);
        packet[at] = byte;
        expect(['string', 'undefined']).toContain(typeof checkedUfrag(packet.subarray(0, length)));
      }),
    );
  });
});
