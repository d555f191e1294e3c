import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planPlayAnswer } from './play-offer-answer.ts';
import { offeredLines } from './play-offer-lines.ts';
import { readAnswer } from './sdp-checks.ts';
import { chromiumAnswer } from './test-answers.ts';
import { without } from './test-offers.ts';
import { InvalidSdpError } from './types.ts';

const [head = '', audio = '', video = ''] = chromiumAnswer.split(/(?=m=)/);

function plan(answer: string, withVideo = true) {
  return planPlayAnswer(readAnswer(answer), offeredLines(withVideo));
}

describe('the answer to an offer of ours', () => {
  it('takes sound and picture in one bundle', () => {
    const { audio, video, transport, bundle } = plan(chromiumAnswer);
    expect([audio?.codec?.payloadType, video?.codec?.payloadType]).toEqual([111, 102]);
    expect(transport).toMatchObject({ iceUfrag: 'Uf4g', setup: 'active' });
    expect(bundle).toEqual(['0', '1']);
  });

  it('may name payload types of its own', () => {
    const { audio } = plan(chromiumAnswer.replaceAll(/111/g, '96'));
    expect(audio?.codec?.payloadType).toBe(96);
  });

  it.each([
    ['with port 0', video.replace('m=video 9', 'm=video 0')],
    ['as inactive', video.replace('a=recvonly', 'a=inactive')],
    ['by wanting to send', video.replace('a=recvonly', 'a=sendonly')],
  ])('may refuse the picture %s', (_how, refused) => {
    const answered = plan(head.replace('BUNDLE 0 1', 'BUNDLE 0') + audio + without(refused, /^a=mid/));
    expect(answered.audio?.codec?.payloadType).toBe(111);
    expect(answered.video).toBeUndefined();
  });

  it('may refuse the sound and take the picture', () => {
    const refused = audio.replace('m=audio 9', 'm=audio 0');
    const answered = plan(head.replace('BUNDLE 0 1', 'BUNDLE 1') + refused + video);
    expect(answered.audio).toBeUndefined();
    expect(answered.video?.codec?.payloadType).toBe(102);
  });

  it('may leave out the mids and the bundle where there is one line', () => {
    const bare = without(chromiumAnswer.split('m=video')[0]!, /^a=(mid|group)/);
    expect(plan(bare, false).lines.map(({ media }) => media.mid)).toEqual(['0']);
  });

  it.each([
    ['is no SDP', '{}', 'the answer is not SDP: cannot read the line "{}"'],
    ['is empty', '', 'the answer is empty'],
    ['has no m-line', head, 'the answer has no m-line'],
    ['has a line too few', head.replace(' 0 1', ' 0') + audio, 'the answer has 1 m-lines, and the offer 2'],
    [
      'changes the order',
      head + video + audio,
      'm-line 1 of the answer is "video", and the offer’s is audio',
    ],
    [
      'changes the mids',
      head.replace('0 1', '0 7') + audio + video.replace('mid:1', 'mid:7'),
      'has the mid "7"',
    ],
    [
      'names no codec for the sound',
      without(chromiumAnswer, /^a=rtpmap:111/),
      'takes the audio line and names no Opus',
    ],
    [
      'names no codec for the picture',
      chromiumAnswer.replace('packetization-mode=1', 'packetization-mode=0'),
      'takes the video line and names no H.264 of packetization-mode 1',
    ],
    ['takes nothing', chromiumAnswer.replaceAll('a=recvonly', 'a=inactive'), 'the answer takes no line'],
    ['has no bundle', without(chromiumAnswer, /^a=group/), 'must take its lines in one bundle'],
    [
      'leaves the role open',
      chromiumAnswer.replaceAll('setup:active', 'setup:actpass'),
      'must be active or passive',
    ],
    ['is of ICE-lite', `${head}a=ice-lite\r\n${audio}${video}`, 'the answer comes from an ICE-lite agent'],
    [
      'has no fingerprint',
      without(chromiumAnswer, /^a=fingerprint/),
      'the answer lacks what a secured connection',
    ],
  ])('is refused where it %s', (_what, answer, message) => {
    expect(() => plan(answer)).toThrow(InvalidSdpError);
    expect(() => plan(answer)).toThrow(message);
  });

  it('is taken or refused with a sentence, however damaged it is', () => {
    const lines = chromiumAnswer.split('\r\n');
    const change = fc.record({
      at: fc.nat(lines.length - 1),
      text: fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom(...lines)),
    });
    const damaged = fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => {
      const changed = [...lines];
      for (const { at, text } of changes) changed[at] = text;
      return changed.join('\r\n');
    });
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string()), (answer) => {
        try {
          expect(plan(answer).lines).toHaveLength(2);
          taken += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidSdpError);
          refused += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(Math.min(taken, refused)).toBeGreaterThan(5);
  });
});
