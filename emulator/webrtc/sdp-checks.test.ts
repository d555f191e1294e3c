import { describe, expect, it } from 'vitest';
import { readOffer, transportOf } from './sdp-checks.ts';
import { findH264, findOpus, readCodecs } from './sdp-codecs.ts';
import { maxMediaLines, maxSdpBytes, readSdpSections } from './sdp-lines.ts';
import { publisherOffers, testOffers, without } from './test-offers.ts';
import { InvalidSdpError } from './types.ts';

const { chromiumPublisher, firefoxPublisher, gstreamerPublisher } = testOffers;

describe('readOffer', () => {
  it.each(publisherOffers)('reads %s', (_name, sdp) => {
    const offer = readOffer(sdp);
    const audio = offer.media.find(({ kind }) => kind === 'audio');
    expect(audio?.usable).toBe(true);
    expect(findOpus(audio?.codecs ?? [])?.clockHz).toBe(48000);
    expect(offer.bundle).toEqual(offer.media.map(({ mid }) => mid));
  });

  it('takes LF for CRLF', () => {
    expect(readOffer(chromiumPublisher.replaceAll('\r\n', '\n'))).toEqual(readOffer(chromiumPublisher));
  });

  it('takes the session’s fingerprint where the sections have none', () => {
    const offer = readOffer(firefoxPublisher);
    const transport = transportOf(offer, offer.media[0]!);
    expect(transport.fingerprints).toEqual([
      { hash: 'sha256', hex: '7b32ef900c4f339a2ec36a12f04b855dc1ac749902716eab3d11985fc80d4e61' },
    ]);
    expect(transport.iceUfrag).toBe('e7f7c0d1');
  });

  it('takes a bundle-only section with port 0 for open', () => {
    const audio = readOffer(gstreamerPublisher).media.find(({ kind }) => kind === 'audio');
    expect(audio).toMatchObject({ usable: true, mid: 'audio1', direction: 'sendonly' });
  });

  it('gives a bundled section without credentials those of its bundle', () => {
    const [head = '', audio = '', video = ''] = chromiumPublisher.split(/(?=m=)/);
    const offer = readOffer(head + audio + without(video, /^a=(ice-|fingerprint|setup)/));
    expect(offer.media[1]?.transport).toBeUndefined();
    expect(transportOf(offer, offer.media[1]!)).toEqual(offer.media[0]?.transport);
  });

  it('finds the H.264 that every decoder knows', () => {
    const video = readOffer(chromiumPublisher).media[1]!;
    expect(findH264(video.codecs)?.fmtp).toContain('profile-level-id=42e0');
    expect(findH264(video.codecs)?.parameters.get('packetization-mode')).toBe('1');
  });

  it.each([
    ['nothing', '', 'the offer is empty'],
    ['JSON', '{"sdp":"v=0"}', 'the offer is not SDP: cannot read the line "{\\"sdp\\":\\"v=0\\"}"'],
    ['no version', without(chromiumPublisher, /^v=0/), 'its first line must be "v=0"'],
    ['no m-line', chromiumPublisher.split('m=')[0]!, 'the offer has no m-line'],
    ['a broken m-line', chromiumPublisher.replace('m=audio 9', 'm=audio nine'), 'cannot read the m-line'],
    ['an impossible port', chromiumPublisher.replace('m=audio 9', 'm=audio 99999'), 'cannot read the m-line'],
    ['a control character', chromiumPublisher.replace('a=mid:0', 'a=mid:0\ra=x'), 'cannot read the line'],
    [
      'a mid twice',
      chromiumPublisher.replace('a=mid:1', 'a=mid:0'),
      'two m-lines of the offer have the mid "0"',
    ],
    ['an unknown mid in BUNDLE', chromiumPublisher.replace('BUNDLE 0 1', 'BUNDLE 0 7'), 'names the mid "7"'],
    [
      'a short password',
      chromiumPublisher.replaceAll(/a=ice-pwd:.*/g, 'a=ice-pwd:short'),
      'cannot use the ice-pwd',
    ],
    [
      'a bad ufrag',
      chromiumPublisher.replaceAll(/a=ice-ufrag:.*/g, 'a=ice-ufrag:a b c'),
      'cannot use the ice-ufrag',
    ],
    ['holdconn', chromiumPublisher.replaceAll('actpass', 'holdconn'), 'a=setup must be actpass in an offer'],
    ['an unknown hash', chromiumPublisher.replaceAll('sha-256', 'crc-32'), 'uses an unknown hash "crc-32"'],
    [
      'a hash named like a property',
      chromiumPublisher.replaceAll('sha-256', 'toString'),
      'uses an unknown hash',
    ],
    [
      'half a fingerprint',
      chromiumPublisher.replaceAll(/(sha-256 .{20}).*/g, '$1'),
      'cannot read the sha-256 fingerprint',
    ],
    ['a broken rtpmap', chromiumPublisher.replace('opus/48000/2', 'opus/fast'), 'cannot read the rtpmap'],
    ['an ICE-lite agent', chromiumPublisher.replace('s=-', 's=-\r\na=ice-lite'), 'no side would check'],
    ['too much text', `${chromiumPublisher}a=x:${'y'.repeat(maxSdpBytes)}`, 'longer than 256 kB'],
    [
      'too many m-lines',
      chromiumPublisher + 'm=audio 9 RTP/AVP 0\r\n'.repeat(maxMediaLines),
      'more than 32 m-lines',
    ],
  ])('refuses %s with a sentence', (_what, sdp, message) => {
    expect(() => readOffer(sdp)).toThrow(InvalidSdpError);
    expect(() => readOffer(sdp)).toThrow(message);
  });

  it.each(['ice-ufrag', 'ice-pwd', 'fingerprint', 'setup'])(
    'misses a=%s when the transport is asked for',
    (name) => {
      const offer = readOffer(without(chromiumPublisher, new RegExp(`^a=${name}:`)));
      expect(() => transportOf(offer, offer.media[0]!)).toThrow(
        'the offer lacks what a secured connection needs',
      );
    },
  );
});

describe('readCodecs', () => {
  it('leaves out payload types that collide with RTCP', () => {
    const sections = readSdpSections(
      'v=0\nm=audio 9 RTP/SAVPF 72 111\na=rtpmap:72 opus/48000/2\na=rtpmap:111 opus/48000/2',
    );
    expect(readCodecs(sections.media[0]!).map(({ payloadType }) => payloadType)).toEqual([111]);
  });

  it('takes no Opus with other than two channels', () => {
    const sections = readSdpSections('v=0\nm=audio 9 RTP/SAVPF 111\na=rtpmap:111 opus/48000');
    expect(findOpus(readCodecs(sections.media[0]!))).toBeUndefined();
  });

  it('takes no H.264 without packetization-mode 1', () => {
    const sections = readSdpSections(
      'v=0\nm=video 9 RTP/SAVPF 96 97\na=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=0\na=rtpmap:97 H264/90000',
    );
    expect(findH264(readCodecs(sections.media[0]!))).toBeUndefined();
  });
});
