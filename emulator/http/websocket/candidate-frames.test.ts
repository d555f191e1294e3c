import { expect, it } from 'vitest';
import { candidateFrames } from './candidate-frames.ts';

const sdp = [
  'v=0',
  'm=audio 0 UDP/TLS/RTP/SAVPF 0',
  'a=mid:a',
  'm=audio 5000 UDP/TLS/RTP/SAVPF 111',
  'a=mid:b',
  'a=candidate:1 1 udp 7 192.0.2.1 5000 typ host',
  'a=candidate:2 1 udp 6 127.0.0.1 5000 typ host',
  'm=video 5000 UDP/TLS/RTP/SAVPF 102',
  'a=mid:c',
  'a=candidate:1 1 udp 7 192.0.2.1 5000 typ host',
  '',
].join('\r\n');

it('candidates become frames, those of the first section that has some', () => {
  expect(candidateFrames(sdp)).toEqual(
    ['candidate:1 1 udp 7 192.0.2.1 5000 typ host', 'candidate:2 1 udp 6 127.0.0.1 5000 typ host'].map(
      (candidate) => ({ type: 'candidate', candidate: { candidate, sdpMid: 'b', sdpMLineIndex: 1 } }),
    ),
  );
  expect(candidateFrames('v=0\r\n')).toEqual([]);
});
