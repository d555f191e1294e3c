import { describe, expect, it } from 'vitest';
import { readTrickleFragment, writeRestartFragment } from './trickle.ts';
import { InvalidSdpError } from './types.ts';

const fragment = [
  'a=ice-ufrag:EsAw',
  'a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1',
  'm=audio 9 RTP/AVP 0',
  'a=mid:0',
  'a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw network-id 1',
  'a=candidate:3471623853 1 udp 2122194687 6f2d1c04-aaaa-4f6e-b3f0-08a7ee0cf0c1.local 61765 typ host generation 0',
  'a=candidate:473322822 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active generation 0 ufrag OLD1',
  'a=end-of-candidates',
  '',
].join('\r\n');

describe('readTrickleFragment', () => {
  it('reads the example of RFC 9725', () => {
    expect(readTrickleFragment(fragment)).toEqual({
      ufrag: 'EsAw',
      pwd: 'P2uYro0UCOQ4zxjKXaWCBui1',
      mids: ['0'],
      candidates: 2,
      endOfCandidates: true,
    });
  });

  it('counts no candidate of another ICE session', () => {
    expect(readTrickleFragment(fragment.replace('ufrag OLD1', 'ufrag EsAw')).candidates).toBe(3);
  });

  it.each([
    ['nothing', '', 'the fragment is empty'],
    ['prose', 'hello there', 'cannot read the line "hello there"'],
    ['a broken candidate', 'a=candidate:1 one udp', 'cannot read the candidate'],
    ['two ufrags', 'a=ice-ufrag:aaaa\na=ice-ufrag:bbbb', 'several ice-ufrags'],
    ['a bad ufrag', 'a=ice-ufrag:a', 'cannot use the ice-ufrag'],
    ['a bad password', 'a=ice-ufrag:aaaa\na=ice-pwd:short', 'cannot use the ice-pwd'],
    ['a bad mid', 'm=audio 9 X 0\na=mid:a b', 'cannot use the mid'],
    ['too many m-lines', 'm=audio 9 X 0\n'.repeat(33), 'more than 32 m-lines'],
  ])('refuses %s', (_what, text, message) => {
    expect(() => readTrickleFragment(text)).toThrow(InvalidSdpError);
    expect(() => readTrickleFragment(text)).toThrow(message);
  });
});

describe('writeRestartFragment', () => {
  it('can be read as a fragment', () => {
    const ice = { ufrag: 'new1', pwd: 'p'.repeat(22), candidates: [{ address: '127.0.0.1', port: 5000 }] };
    const section = { kind: 'video', mid: 'x1', bundle: ['x1', 'x2'] };
    const text = writeRestartFragment(ice, section);
    expect(text).toMatch(/^a=ice-lite\r\n(a=.*\r\n)*a=group:BUNDLE x1 x2\r\nm=video .*\r\na=mid:x1\r\n/);
    expect(readTrickleFragment(text)).toEqual({
      ufrag: 'new1',
      pwd: ice.pwd,
      mids: ['x1'],
      candidates: 1,
      endOfCandidates: true,
    });
  });
});
