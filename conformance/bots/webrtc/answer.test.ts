import { describe, expect, it } from 'vitest';
import { readAnswer } from './answer.ts';
import { writeOffer } from './offer.ts';

const offer = {
  direction: 'recvonly',
  video: true,
  iceUfrag: 'abcd',
  icePwd: 'p'.repeat(22),
  candidates: ['1 1 udp 2130706431 127.0.0.1 5000 typ host'],
  fingerprint: 'AA:BB',
  cname: 'c',
  audioSsrc: 1,
  videoSsrc: 2,
} as const;

/** What a server would make of the offer. */
const answer = writeOffer(offer).replaceAll('a=recvonly', 'a=sendonly').replaceAll('actpass', 'active');

describe('readAnswer', () => {
  it('reads what a server answers to a bot’s offer', () => {
    expect(readAnswer(answer)).toEqual({
      iceUfrag: 'abcd',
      icePwd: offer.icePwd,
      iceLite: false,
      candidates: offer.candidates,
      fingerprints: [{ algorithm: 'sha-256', value: 'AA:BB' }],
      setup: 'active',
      audio: 'sendonly',
      video: 'sendonly',
    });
  });

  it('knows refused and inactive video', () => {
    expect(readAnswer(answer.replace('m=video 9', 'm=video 0')).video).toBeUndefined();
    const [head = '', audio = '', video = ''] = answer.split(/(?=m=)/);
    expect(readAnswer(head + audio + video.replace('a=sendonly', 'a=inactive')).video).toBe('inactive');
    expect(readAnswer(head + audio).video).toBeUndefined();
  });

  it('finds transport lines at session level', () => {
    const lite = answer.replace('s=-', 's=-\r\na=ice-lite').replaceAll(/a=fingerprint.*\r\n/g, '');
    expect(readAnswer(lite.replace('s=-', 's=-\r\na=fingerprint:sha-256 CC')).fingerprints).toEqual([
      { algorithm: 'sha-256', value: 'CC' },
    ]);
    expect(readAnswer(answer.replace('s=-', 's=-\r\na=ice-lite')).iceLite).toBe(true);
  });

  it.each([
    ['no SDP', '<html>', 'the answer has no audio line'],
    ['no credentials', answer.replaceAll(/a=ice-ufrag.*\r\n/g, ''), 'no ICE credentials'],
    ['no fingerprint', answer.replaceAll(/a=fingerprint.*\r\n/g, ''), 'no fingerprint'],
    ['actpass', answer.replaceAll('active', 'actpass'), 'a=setup is actpass'],
    ['another payload type', answer.replace('SAVPF 111', 'SAVPF 96'), 'takes formats that were not offered'],
  ])('refuses %s', (_what, text, message) => {
    expect(() => readAnswer(text)).toThrow(message);
  });
});
