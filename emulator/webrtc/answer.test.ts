import { describe, expect, it } from 'vitest';
import { SessionDescription } from 'werift';
import { type LocalDescription, writeAnswer } from './answer.ts';
import { planAnswer } from './answer-plan.ts';
import { readOffer } from './sdp-checks.ts';
import { readSdpSections } from './sdp-lines.ts';
import { publisherOffers, testOffers, without } from './test-offers.ts';

const { chromiumPlayer, chromiumPublisher, gstreamerPlayer, gstreamerPublisher } = testOffers;

const local: LocalDescription = {
  sessionId: '4711',
  ice: {
    ufrag: 'abcd1234',
    pwd: '0123456789abcdef0123456789abcdef',
    candidates: [
      { address: '192.0.2.7', port: 40000 },
      { address: '127.0.0.1', port: 40000 },
    ],
  },
  fingerprint: 'AA:BB',
  setup: 'active',
  sender: { cname: 'name', streamId: 'stream', audioSsrc: 7, videoSsrc: 8 },
};

const publish = { direction: 'recvonly', audio: true, video: true } as const;
const play = { direction: 'sendonly', audio: true, video: false } as const;
const playVideo = { ...play, video: true } as const;

function answerTo(offer: string, wanted: typeof publish | typeof play | typeof playVideo) {
  const text = writeAnswer(planAnswer(readOffer(offer), wanted), local);
  return { text, ...readSdpSections(text) };
}

describe('the answer to a publisher', () => {
  it.each(publisherOffers)('takes Opus alone from %s', (_name, offer) => {
    const offered = readSdpSections(offer);
    const { media, text } = answerTo(offer, publish);
    expect(media.map(({ kind }) => kind)).toEqual(offered.media.map(({ kind }) => kind));
    expect(media.map(({ attributes }) => attributes.get('mid'))).toEqual(
      offered.media.map(({ attributes }) => attributes.get('mid')),
    );
    const audio = media.find(({ kind }) => kind === 'audio');
    expect(audio?.formats).toHaveLength(1);
    expect(audio?.attributes.get('rtpmap')?.[0]).toMatch(/^[0-9]+ opus\/48000\/2$/i);
    expect(audio?.attributes.has('recvonly')).toBe(true);
    expect(audio?.attributes.has('rtcp-mux')).toBe(true);
    expect(audio?.attributes.has('msid')).toBe(false);
    expect(SessionDescription.parse(text).media).toHaveLength(media.length);
  });

  it('takes H.264 of packetization-mode 1 with the feedback that asks for keyframes', () => {
    const [, video] = answerTo(chromiumPublisher, publish).media;
    expect(video?.attributes.has('recvonly')).toBe(true);
    expect(video?.attributes.get('rtpmap')?.[0]).toMatch(/H264\/90000$/);
    expect(video?.attributes.get('fmtp')?.[0]).toContain('packetization-mode=1;profile-level-id=42e01f');
    expect(video?.attributes.get('rtcp-fb')).toEqual([
      `${video?.formats[0]} nack`,
      `${video?.formats[0]} nack pli`,
      `${video?.formats[0]} ccm fir`,
      `${video?.formats[0]} goog-remb`,
    ]);
    expect(video?.attributes.has('extmap')).toBe(false);
  });

  it('answers only the feedback that was offered', () => {
    const [, video] = answerTo(
      without(chromiumPublisher, /rtcp-fb:[0-9]+ (nack|ccm fir|goog-remb)/),
      publish,
    ).media;
    expect(video?.attributes.has('rtcp-fb')).toBe(false);
  });

  it('takes H.264 of packetization-mode 0 where there is no other', () => {
    const single = without(chromiumPublisher, /packetization-mode=1/);
    const [, video] = answerTo(single, publish).media;
    expect(video?.attributes.has('recvonly')).toBe(true);
    expect(video?.attributes.get('fmtp')?.[0]).toContain('packetization-mode=0');
    const unsaid = chromiumPublisher.replaceAll(/;packetization-mode=[01]/g, '');
    expect(answerTo(unsaid, publish).media[1]?.attributes.get('fmtp')?.[0]).toContain('packetization-mode=0');
  });

  it('answers a video line without H.264 inactive, in the bundle', () => {
    const { media, attributes } = answerTo(without(chromiumPublisher, /H264/), publish);
    expect(media[1]?.attributes.has('inactive')).toBe(true);
    expect(media[1]?.port).not.toBe(0);
    expect(attributes.get('group')).toEqual(['BUNDLE 0 1']);
  });

  it('takes lines in any order with mids of any kind', () => {
    const { media, attributes } = answerTo(gstreamerPublisher, publish);
    expect(media.map(({ kind }) => kind)).toEqual(['video', 'audio']);
    expect(attributes.get('group')).toEqual(['BUNDLE video0 audio1']);
  });

  it('rejects data channels', () => {
    const application = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:2', ''].join('\r\n');
    const offer = chromiumPublisher.replace('BUNDLE 0 1', 'BUNDLE 0 1 2') + application;
    const { media, attributes } = answerTo(offer, publish);
    expect(media[2]).toMatchObject({ kind: 'application', port: 0 });
    expect(attributes.get('group')).toEqual(['BUNDLE 0 1']);
  });

  it('rejects lines that would need a transport of their own', () => {
    const { media, attributes } = answerTo(without(chromiumPublisher, /^a=group/), publish);
    expect(media.map(({ port }) => port)).toEqual([40000, 0]);
    expect(attributes.has('group')).toBe(false);
  });

  it('takes the first of two audio lines', () => {
    const [head = '', audio = ''] = chromiumPublisher.split(/(?=m=)/);
    const offer = head.replace('BUNDLE 0 1', 'BUNDLE 0 9') + audio + audio.replace('a=mid:0', 'a=mid:9');
    const { media } = answerTo(offer, publish);
    expect(media.map(({ attributes }) => attributes.has('recvonly'))).toEqual([true, false]);
    expect(media[1]?.attributes.has('inactive')).toBe(true);
  });

  it.each([
    [
      'without audio',
      chromiumPublisher.replace('m=audio', 'm=text'),
      'the offer has no audio line with Opus',
    ],
    ['without Opus', without(chromiumPublisher, /opus/), 'the offer has no audio line with Opus'],
    ['without rtcp-mux', without(chromiumPublisher, /rtcp-mux/), 'must be secured RTP with rtcp-mux'],
    ['that only receives', chromiumPlayer, 'no audio line with Opus that sends'],
    [
      'with unsecured RTP',
      chromiumPublisher.replaceAll('UDP/TLS/RTP/SAVPF', 'RTP/AVP'),
      'the offer has no audio line',
    ],
  ])('refuses an offer %s', (_what, offer, message) => {
    expect(() => planAnswer(readOffer(offer), publish)).toThrow(message);
  });
});

describe('the answer to a player', () => {
  it('sends sound and picture to GStreamer, on the one port of the bundle', () => {
    const { media, attributes } = answerTo(gstreamerPlayer, playVideo);
    expect(media.map(({ kind, port }) => [kind, port])).toEqual([
      ['video', 40000],
      ['audio', 40000],
    ]);
    for (const { attributes: own } of media) expect(own.has('sendonly')).toBe(true);
    expect(attributes.get('group')).toEqual(['BUNDLE video0 audio1']);
  });

  it('sends Opus and leaves the video line inactive, all with one stream id', () => {
    const { media, text } = answerTo(chromiumPlayer, play);
    const [video, audio] = media;
    expect(video).toMatchObject({ kind: 'video', port: 40000 });
    expect(video?.attributes.has('inactive')).toBe(true);
    expect(video?.attributes.get('rtpmap')?.[0]).toMatch(/H264/);
    expect(audio?.attributes.has('sendonly')).toBe(true);
    expect(audio?.attributes.get('msid')).toEqual(['stream audio-stream']);
    expect(audio?.attributes.get('ssrc')).toEqual(['7 cname:name']);
    expect(text.match(/a=msid:/g)).toHaveLength(1);
  });

  it('sends H.264 42e01f in one stream with the sound, though VP8 is offered first', () => {
    const { media, text } = answerTo(chromiumPlayer, playVideo);
    const [video, audio] = media;
    expect(readSdpSections(chromiumPlayer).media[0]?.attributes.get('rtpmap')?.[0]).toMatch(/VP8/);
    expect(video?.attributes.has('sendonly')).toBe(true);
    expect(video?.attributes.get('rtpmap')).toEqual([expect.stringMatching(/H264\/90000$/)]);
    expect(video?.attributes.get('fmtp')?.[0]).toContain('packetization-mode=1;profile-level-id=42e01f');
    expect(video?.attributes.get('msid')).toEqual(['stream video-stream']);
    expect(audio?.attributes.get('msid')).toEqual(['stream audio-stream']);
    expect(video?.attributes.get('ssrc')).toEqual(['8 cname:name']);
    expect(text).not.toMatch(/goog-remb|transport-cc|a=extmap|rtx/);
  });

  it('sends H.264 in another profile where the offer has no 42e01f', () => {
    const offer = without(chromiumPlayer, /42e01f/);
    const [video] = answerTo(offer, playVideo).media;
    const fmtp = video?.attributes.get('fmtp')?.[0];
    expect(offer).toContain(/profile-level-id=\S+/.exec(fmtp ?? '')?.[0]);
    expect(fmtp).toContain('packetization-mode=1');
    expect(video?.attributes.has('sendonly')).toBe(true);
  });

  it('leaves video inactive where H.264 is not offered in the mode we send', () => {
    for (const offer of [without(chromiumPlayer, /packetization-mode=1/), without(chromiumPlayer, /H264/)]) {
      expect(answerTo(offer, playVideo).media[0]?.attributes.has('inactive')).toBe(true);
    }
  });

  it('has every candidate and the end of them in each open section', () => {
    for (const { attributes } of answerTo(chromiumPlayer, play).media) {
      expect(attributes.get('candidate')).toEqual([
        '1 1 udp 2130706431 192.0.2.7 40000 typ host',
        '2 1 udp 2130706175 127.0.0.1 40000 typ host',
      ]);
      expect(attributes.has('end-of-candidates')).toBe(true);
    }
  });

  it('refuses a player that only sends', () => {
    expect(() => planAnswer(readOffer(testOffers.obsPublisher), play)).toThrow(
      'no audio line with Opus that receives',
    );
  });
});
