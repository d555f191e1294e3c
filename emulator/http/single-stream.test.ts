import { describe, expect, it } from 'vitest';
import { requireSingleStream } from './single-stream.ts';

const audio = 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';
const video = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\n';
const send = 'a=sendonly\r\n';
const head = 'v=0\r\n';

describe('an offer of one stream', () => {
  it.each([
    ['sound and picture', head + audio + send + video + send],
    ['sound alone', head + audio],
    ['another line that only receives', `${head + audio + send + audio}a=recvonly\r\n`],
    ['another line that is not used', `${head + audio + send + audio}a=inactive\r\n`],
    ['another line that was given up', head + audio + send + audio.replace(' 9 ', ' 0 ') + send],
    ['lines that send nothing by the session’s word', `${head}a=recvonly\r\n${audio}${send}${audio}`],
  ])('is taken: %s', (_what, offer) => {
    expect(() => requireSingleStream(offer)).not.toThrow();
  });

  it.each([
    ['2 tracks of audio', head + audio + send + audio],
    ['2 tracks of video', head + audio + video + send + video + send],
    ['2 tracks of audio', `${head + audio + send + audio.replace(' 9 ', ' 0 ') + send}a=bundle-only\r\n`],
  ])('is not one with %s', (what, offer) => {
    expect(() => requireSingleStream(offer)).toThrow(
      `the offer sends ${what}, and a published stream has one`,
    );
  });
});
