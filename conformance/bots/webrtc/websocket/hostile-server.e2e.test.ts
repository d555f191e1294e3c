import { afterEach, describe, expect, it, vi } from 'vitest';
import { BotHttpError } from '../http-request.ts';
import { Listener } from '../listener.ts';
import { Publisher } from '../publisher.ts';
import { waitForClosedPorts, waiting } from '../test-server.ts';
import { SignallingError } from './frames.ts';
import { type FrameServer, type FrameServerOptions, onFrame, startFrameServer } from './test-frame-server.ts';

const servers: FrameServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await waitForClosedPorts();
});

async function start(options: FrameServerOptions): Promise<FrameServer> {
  const server = await startFrameServer(options);
  servers.push(server);
  return server;
}

const listenTo = ({ url }: FrameServer) =>
  Listener.connect({ url: `${url}/whep?start_track=a3`, signalling: 'websocket', timeoutMs: 300 });
const publishTo = ({ url }: FrameServer) =>
  Publisher.connect({
    url: `${url}/whip?password=hunter2`,
    signalling: 'websocket',
    timeoutMs: 300,
  });

const refusing = (response: string): FrameServerOptions => ({
  onUpgrade: (_request, write) => {
    write(response);
    return true;
  },
});

describe('a handshake', () => {
  it('that is refused is told with status and words, and without the password', async () => {
    const server = await start(refusing('HTTP/1.1 403 Forbidden\r\n\r\nno publishers\ntoday'));
    const attempt = publishTo(server);
    await expect(attempt).rejects.toThrow(BotHttpError);
    await expect(attempt).rejects.toThrow(/WebSocket ws:.*password=\*\*\*: HTTP 403: no publishers today$/);
    await expect(attempt).rejects.toMatchObject({ status: 403 });
  });

  it('with an endless refusal ends all the same', async () => {
    const server = await start(refusing(`HTTP/1.1 500 Oh\r\n\r\n${'x'.repeat(2_000_000)}`));
    await expect(listenTo(server)).rejects.toThrow(/HTTP 500: x{100,200}$/);
  });

  it('follows redirects with path and query', async () => {
    const asked: (string | undefined)[] = [];
    const goal = await start({
      onSocket: (socket, { url }) => {
        asked.push(url);
        socket.close(4000, 'here it is');
      },
    });
    const balancer = await start(
      refusing(`HTTP/1.1 307 Over there\r\nLocation: ${goal.url}/webrtc?start_track=a3\r\n\r\n`),
    );
    await expect(listenTo(balancer)).rejects.toThrow('closed with 4000: here it is');
    expect(asked).toEqual(['/stream/webrtc?start_track=a3']);
  });

  it('gives up on redirects without end, and on those to other places than servers', async () => {
    const round = await start(refusing('HTTP/1.1 307 Round\r\nLocation: /again\r\n\r\n'));
    await expect(listenTo(round)).rejects.toThrow('more than 5 redirects');
    const local = await start(refusing('HTTP/1.1 307 In\r\nLocation: ws+unix:/var/run/x:/\r\n\r\n'));
    await expect(listenTo(local)).rejects.toThrow('redirected to ws+unix:/var/run/x:/');
  });

  it('with nobody is told as it is', async () => {
    const server = await start({});
    server.close();
    await expect(listenTo(server)).rejects.toThrow(/WebSocket ws:.*ECONNREFUSED/);
  });
});

describe('a server that', () => {
  it.each<
    [string, (send: (text: string) => void, close: (code: number, reason: string) => void) => void, RegExp]
  >([
    [
      'says that something is wrong',
      (send) => send('{"type":"error","error":"no_stream","message":"go away"}'),
      /no_stream: go away$/,
    ],
    ['closes', (_send, close) => close(1008, 'no \u001b[31mred'), /closed with 1008: no \[31mred$/],
    ['sends a frame that is too long', (send) => send(`{"a":"${'x'.repeat(300_000)}"}`), /Max payload size/],
    [
      'sends frames without end',
      (send) => {
        for (let i = 0; i < 5000; i += 1) send('{"type":"ping"}');
      },
      /more than 200 frames in a second/,
    ],
    [
      'offers what is no SDP',
      (send) => send('{"type":"offer","sdp":"hello"}'),
      /no audio line with Opus: "hello"/,
    ],
    [
      'offers a transport without a fingerprint',
      (send) =>
        send(
          JSON.stringify({
            type: 'offer',
            sdp: 'v=0\r\na=ice-ufrag:a\r\na=ice-pwd:b\r\nm=audio 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 opus/48000/2\r\n',
          }),
        ),
      /no fingerprint/,
    ],
    [
      'sends garbage, and goes',
      (send, close) => {
        for (const text of ['', '[]', 'null', '7', '{"type":7}', '{"type":"offer","sdp":{}}', '{"config":7}'])
          send(text);
        send('{"type":"candidate","candidate":{"candidate":"candidate:nonsense"}}');
        send('{"type":"candidate","candidate":{"candidate":"1 1 udp 1 256.1.1.1 99999999 typ host"}}');
        close(1000, '');
      },
      /closed with 1000$/,
    ],
  ])('%s is told as it is, and leaves nothing open', async (_what, misbehave, message) => {
    const server = await start({
      onSocket: (socket) =>
        misbehave(
          (text) => socket.send(text, () => {}),
          (code, reason) => socket.close(code, reason),
        ),
    });
    const attempt = listenTo(server);
    await expect(attempt).rejects.toThrow(message);
    await vi.waitUntil(() => server.sockets.size === 0, waiting);
  });

  it('sends bytes instead of text is not understood, and ends it', async () => {
    const server = await start({
      onSocket: (socket) => {
        socket.send(Buffer.from('{"config":{}}'));
        socket.close(1011);
      },
    });
    await expect(listenTo(server)).rejects.toThrow(SignallingError);
  });

  it('refuses the offer of a publisher in the middle is told with its words', async () => {
    const server = await start({
      onSocket: (socket) => {
        socket.send('{"config":{}}');
        onFrame(socket, ({ type }) => {
          if (type === 'offer')
            socket.send('{"type":"error","error":"forbidden","detail":"Wrong password."}');
        });
      },
    });
    await expect(publishTo(server)).rejects.toThrow(/forbidden: Wrong password\.$/);
  });

  it('answers and cannot be connected to is given up', async () => {
    const server = await start({
      onSocket: (socket) => {
        socket.send('{"config":{}}');
        onFrame(socket, ({ type, sdp }) => {
          // Its own offer back, as if the server were itself somewhere else.
          const mirrored = String(sdp)
            .replaceAll('a=sendonly', 'a=recvonly')
            .replaceAll('actpass', 'passive')
            .replaceAll(/a=candidate.*\r\n/g, '');
          if (type === 'offer') socket.send(JSON.stringify({ type: 'answer', sdp: mirrored }));
          for (let i = 0; type === 'offer' && i < 150; i += 1) {
            const candidate = `candidate:${i} 1 udp 2130706431 127.0.0.1 ${1 + i} typ host`;
            socket.send(JSON.stringify({ type: 'candidate', candidate: { candidate } }));
          }
        });
      },
    });
    await expect(publishTo(server)).rejects.toThrow(/not connected after 300 ms/);
    await vi.waitUntil(() => server.sockets.size === 0, waiting);
  });
});
