import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { RunContext } from '../run/context.ts';
import type { Bars } from '../targets/target.ts';
import { urlTarget } from '../targets/url.ts';
import { catalogue } from './index.ts';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

const offer = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=sendonly\r\na=rtpmap:111 opus/48000/2\r\n';
const answer = [
  'v=0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=recvonly',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuv',
  'a=setup:passive',
  `a=fingerprint:sha-256 ${Array(32).fill('00').join(':')}`,
  '',
].join('\r\n');
const candidate = { candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 };

interface Script {
  /** Frames that are sent at once; text goes as it is. */
  readonly first?: readonly unknown[];
  /** Frames that an offer is answered with. */
  readonly afterOffer?: readonly unknown[];
  /** A binary frame comes before all others. */
  readonly binary?: boolean;
}

/** A server that takes every command, and says over WebSocket what its script says; then it hangs up. */
async function contextOf(script: Script | 404, bars?: Bars): Promise<RunContext> {
  const server = createServer((_request, response) => response.end('{"track_id":"a2"}'));
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (script === 404)
      socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    else sockets.handleUpgrade(request, socket, head, (peer) => follow(peer, script));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://user:pass@127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = new RunContext({ ...urlTarget(url), bars }, 1);
  ended.push(
    () => server.close(),
    () => sockets.close(),
    () => context.close(),
  );
  return context;
}

function follow(socket: WebSocket, { first = [], afterOffer, binary }: Script): void {
  const send = (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  if (binary) socket.send(Buffer.from([1, 2, 3]));
  for (const frame of first) send(frame);
  if (afterOffer === undefined) socket.close(4000);
  socket.on('message', (data) => {
    expect(JSON.parse(String(data))).toMatchObject({
      type: 'offer',
      sdp: expect.stringContaining('m=audio'),
    });
    for (const frame of afterOffer ?? []) send(frame);
    socket.close(4000);
  });
}

async function outcomeOf(id: string, script: Script | 404, bars?: Bars): Promise<string> {
  const { verdict, actual, reason } = await catalogue
    .find((clause) => clause.id === id)!
    .run(await contextOf(script, bars));
  return `${verdict}: ${actual ?? reason}`;
}

describe.each(['play.websocket.config', 'publish.websocket.config'])('%s', (id) => {
  it.each([
    ['it is so', { first: [{ config: {} }] }, /^pass: /],
    ['it holds more', { first: [{ config: { turn: null } }] }, /^pass: /],
    [
      'something else comes first',
      { first: [{ type: 'hello' }, { config: {} }] },
      /^fail: \{"type":"hello"\}$/,
    ],
    ['config is no object', { first: [{ config: [] }] }, /^fail: /],
    ['it is no JSON', { first: ['{config'] }, /^fail: \{config$/],
    ['it is binary', { binary: true, first: [{ config: {} }] }, /^fail: \(binary\)$/],
    ['it is null', { first: ['null'] }, /^fail: null$/],
  ])('where %s: %#', async (_case, script, outcome) => {
    expect(await outcomeOf(id, script)).toMatch(outcome);
  });

  it('does not apply where a server has no such thing, and fails where it promises it', async () => {
    expect(await outcomeOf(id, 404)).toMatch(/^not-applicable: .*: the upgrade is refused: 404$/);
    expect(await outcomeOf(id, {})).toMatch(/^not-applicable: .*: closed with 4000$/);
    expect(await outcomeOf(id, 404, {} as Bars)).toBe('fail: no frame: the upgrade is refused: 404');
  });
});

describe('play.websocket.offer', () => {
  const config = { config: {} };
  it.each([
    ['it is so', [config, { type: 'offer', sdp: offer }], /^pass: Opus, sendonly; frames: config, offer$/],
    ['no offer comes', [config], /^fail: no offer of sound; frames: config, closed with 4000$/],
    [
      'another codec is offered',
      [config, { type: 'offer', sdp: offer.replace('opus/48000/2', 'PCMU/8000') }],
      /^fail: no Opus, sendonly/,
    ],
    [
      'nothing would be sent',
      [config, { type: 'offer', sdp: offer.replace('sendonly', 'recvonly') }],
      /^fail: Opus, recvonly/,
    ],
    ['there is no SDP in it', [config, { type: 'offer', sdp: 7 }], /^fail: no offer of sound/],
  ])('where %s: %#', async (_case, first, outcome) => {
    expect(await outcomeOf('play.websocket.offer', { first })).toMatch(outcome);
  });
});

describe('publish.websocket.answer', () => {
  const first = [{ config: {} }];
  const answered = { type: 'answer', sdp: answer };
  it.each([
    ['it is so', [answered, { type: 'candidate', candidate }], /^pass: audio recvonly, video refused/],
    ['no candidate comes', [answered], /^fail: audio recvonly.*; frames: config, answer, closed with 4000$/],
    ['a candidate has no text', [answered, { type: 'candidate', candidate: {} }], /^fail: /],
    ['a candidate is null', [answered, { type: 'candidate', candidate: null }], /^fail: /],
    ['no answer comes', [{ type: 'candidate', candidate }], /^fail: no answer; frames: config, candidate/],
    [
      'the sound is not taken',
      [
        { type: 'answer', sdp: answer.replace('recvonly', 'inactive') },
        { type: 'candidate', candidate },
      ],
      /^fail: audio inactive/,
    ],
    [
      'the answer is no SDP',
      [
        { type: 'answer', sdp: {} },
        { type: 'candidate', candidate },
      ],
      /^fail: the answer has/,
    ],
  ])('where %s: %#', async (_case, afterOffer, outcome) => {
    expect(await outcomeOf('publish.websocket.answer', { first, afterOffer })).toMatch(outcome);
  });
});
