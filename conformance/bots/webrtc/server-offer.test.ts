import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readServerOffer, writeAnswer } from './server-offer.ts';

const transport = [
  'a=ice-ufrag:uf',
  'a=ice-pwd:secret',
  'a=fingerprint:sha-256 AA:BB',
  'a=setup:actpass',
  'a=candidate:1 1 udp 2130706431 10.0.0.1 5000 typ host',
];
const session = ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', 'a=group:BUNDLE pic snd', 'a=ice-lite'];
const video = [
  'm=video 9 UDP/TLS/RTP/SAVPF 96 98 97',
  'a=mid:pic',
  'a=sendonly',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:98 H264/90000',
  'a=fmtp:98 packetization-mode=0;profile-level-id=42e01f',
  'a=rtpmap:97 H264/90000',
  'a=fmtp:97 profile-level-id=640028;packetization-mode=1',
  ...transport,
];
const audio = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 0 120',
  'a=mid:snd',
  'a=sendrecv',
  'a=rtpmap:120 opus/48000/2',
  ...transport,
];
const text = (...lines: readonly (readonly string[])[]) => `${lines.flat().join('\r\n')}\r\n`;
const whole = text(session, video, audio);

const local = {
  iceUfrag: 'mine',
  icePwd: 'own',
  candidates: ['1 1 udp 1 127.0.0.1 6000 typ host'],
  fingerprint: 'CC:DD',
};

const answerTo = (sdp: string, wantsVideo = true) => writeAnswer(readServerOffer(sdp, wantsVideo), local);

describe('readServerOffer', () => {
  it('takes Opus and H.264 by the numbers of the server', () => {
    expect(readServerOffer(whole, true)).toMatchObject({
      opusPayloadType: 120,
      h264PayloadType: 97,
      transport: {
        iceUfrag: 'uf',
        icePwd: 'secret',
        iceLite: true,
        setup: 'passive',
        candidates: ['1 1 udp 2130706431 10.0.0.1 5000 typ host'],
        fingerprints: [{ algorithm: 'sha-256', value: 'AA:BB' }],
      },
    });
  });

  it('has no picture where none is wanted, offered, or on the same transport', () => {
    expect(readServerOffer(whole, false).h264PayloadType).toBeUndefined();
    expect(readServerOffer(text(session, audio), true).h264PayloadType).toBeUndefined();
    const apart = whole.replace('BUNDLE pic snd', 'BUNDLE snd');
    expect(readServerOffer(apart, true).h264PayloadType).toBeUndefined();
    expect(readServerOffer(whole.replace('a=sendonly', 'a=inactive'), true).h264PayloadType).toBeUndefined();
  });

  it.each([
    ['hello', 'no audio line with Opus: "hello"'],
    [text(session, video), 'no audio line with Opus'],
    [whole.replace('opus/48000/2', 'PCMU/8000'), 'no audio line with Opus'],
    [whole.replace('m=audio 9', 'm=audio 0'), 'no audio line with Opus'],
    [whole.replace('a=sendrecv', 'a=recvonly'), 'the server sends no audio: recvonly'],
    [whole.replaceAll('a=ice-pwd:secret', 'a=x'), 'no ICE credentials'],
    [whole.replaceAll(/a=fingerprint.*/g, 'a=x'), 'no fingerprint'],
    [whole.replaceAll('actpass', 'holdconn'), 'a=setup is holdconn'],
    [text(session, ...Array(33).fill(audio)), 'more than 32 m-lines'],
  ])('refuses %#', (sdp, message) => {
    expect(() => readServerOffer(sdp, true)).toThrow(message);
  });

  it('reads or refuses whatever comes', () => {
    const lines = whole.split('\r\n');
    const change = fc.record({
      at: fc.nat(lines.length - 1),
      line: fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom(...lines)),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        const changed = [...lines];
        for (const { at, line } of changes) changed[at] = line;
        let answer: string;
        try {
          answer = answerTo(changed.join('\r\n'));
        } catch (error) {
          expect((error as Error).message).toMatch(/^the (offer|server)\b/);
          return;
        }
        const count = (sdp: string) => sdp.match(/^m=/gm)?.length;
        expect(count(answer)).toBe(count(changed.join('\n')));
      }),
    );
  });
});

describe('writeAnswer', () => {
  it('keeps order, mids and numbers, and answers the role', () => {
    const [head = '', first = '', second = ''] = answerTo(whole).split(/(?=^m=)/m);
    expect(head).toContain('a=group:BUNDLE pic snd\r\n');
    expect(first).toMatch(/^m=video 9 UDP\/TLS\/RTP\/SAVPF 97\r\n/);
    expect(first).toContain('a=mid:pic\r\na=recvonly\r\n');
    expect(first).toContain('profile-level-id=640028');
    expect(first).toContain('a=candidate:1 1 udp 1 127.0.0.1 6000 typ host');
    expect(second).toMatch(/^m=audio 9 UDP\/TLS\/RTP\/SAVPF 120\r\n/);
    for (const section of [first, second]) expect(section).toContain('a=setup:active\r\n');
    expect(answerTo(whole.replaceAll('actpass', 'active'))).toContain('a=setup:passive');
  });

  it('answers a picture that is not wanted inactive, and refuses what it does not know', () => {
    expect(answerTo(whole, false)).toContain('a=mid:pic\r\na=inactive\r\n');
    const data = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:d', 'a=sctp-port:5000'];
    const answer = answerTo(text(session, audio, data));
    expect(answer).toContain('m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n');
    expect(answer).toContain('a=group:BUNDLE snd\r\n');
  });
});
