import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { I420Picture } from '../picture/i420.ts';
import { RunContext, type Scenario } from '../run/context.ts';
import type { ConfiguredStreams } from '../targets/target.ts';
import { urlTarget } from '../targets/url.ts';
import { catalogue } from './index.ts';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

const transport = [
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuv',
  'a=setup:passive',
  `a=fingerprint:sha-256 ${Array(32).fill('00').join(':')}`,
].join('\n');

function answerOf(direction: string, ...video: string[]): string {
  return ['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', transport, `a=${direction}`, ...video, ''].join('\n');
}

/** A server that takes every command and answers every offer alike. */
async function contextOf(sdp: string, scenario: unknown = {}): Promise<RunContext> {
  const server = createServer((request, response) => {
    const isOffer = /\/whi?e?p$/.test(request.url!);
    response.writeHead(isOffer ? 201 : 200);
    response.end(isOffer ? sdp : '{"track_id":"a2"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const target = {
    ...urlTarget(`http://user:pass@127.0.0.1:${port}`),
    configured: { pictures: ['p1', 'p2', 'p3'] } as unknown as ConfiguredStreams,
  };
  /** Where scenarios are not played, but handed in. */
  class FakeContext extends RunContext {
    override use<T>(_scenario: Scenario<T>): Promise<T> {
      return Promise.resolve(scenario as T);
    }
  }
  const context = new FakeContext(target, 1);
  ended.push(
    () => server.close(),
    () => context.close(),
  );
  return context;
}

async function verdictOf(id: string, context: RunContext) {
  const { verdict, actual } = await catalogue.find((clause) => clause.id === id)!.run(context);
  return `${verdict}: ${actual}`;
}

describe('publish.codecs', () => {
  const h264 = 'm=video 9 UDP/TLS/RTP/SAVPF 102';
  it.each([
    ['both are taken', [h264, 'a=recvonly'], 'pass: audio recvonly, video recvonly'],
    ['the picture is refused', ['m=video 0 UDP/TLS/RTP/SAVPF 102'], 'fail: audio recvonly, video refused'],
    ['it is not received', [h264, 'a=inactive'], 'fail: audio recvonly, video inactive'],
    [
      'something else is wanted',
      ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=recvonly'],
      'fail: the answer takes formats that were not offered: m=video 9 UDP/TLS/RTP/SAVPF 96',
    ],
  ])('where %s: %#', async (_case, video, verdict) => {
    expect(await verdictOf('publish.codecs', await contextOf(answerOf('recvonly', ...video)))).toBe(verdict);
  });
});

describe('video.h264', () => {
  const line = ['m=video 9 UDP/TLS/RTP/SAVPF 102', 'a=sendonly'];
  const h264 = 'a=rtpmap:102 H264/90000';
  it.each([
    ['it is so', [...line, h264], 9, /^pass: .*; H264\/90000; 9 pictures decoded$/],
    ['nothing decodes', [...line, h264], 0, /^fail: .*; 0 pictures decoded$/],
    ['it is another codec', [...line, 'a=rtpmap:102 VP8/90000'], 9, /^fail: .*; VP8\/90000/],
    ['there are two', [...line, h264, ...line, h264], 9, /^fail: .*; H264\/90000 H264\/90000/],
    ['there is none', ['m=video 0 UDP/TLS/RTP/SAVPF 102'], 9, /^fail: .*video refused; no video line/],
  ])('where %s: %#', async (_case, video, decoded, verdict) => {
    const context = await contextOf(answerOf('sendonly', ...video), { first: { canvases: Array(decoded) } });
    expect(await verdictOf('video.h264', context)).toMatch(verdict);
  });
});

describe('video.canvas.constant', () => {
  const picture = (width: number) => ({ width, height: 720 }) as I420Picture;
  it.each([
    ['it is so', [1280, 1280], 1280, 'pass'],
    ['it shrinks with its members', [1280, 960], 960, 'fail'],
    ['another viewer has another one', [1280, 1280], 640, 'fail'],
    ['a picture is missing', [1280], 1280, 'fail'],
  ])('where %s: %#', async (_case, first, second, verdict) => {
    const [before, last] = first.map(picture);
    const scenario = { canvases: { muted: before, left: last }, canvasOfSecond: picture(second) };
    expect(await verdictOf('video.canvas.constant', await contextOf('', scenario))).toMatch(verdict);
  });
});
