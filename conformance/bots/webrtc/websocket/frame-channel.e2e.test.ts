import { afterEach, describe, expect, it } from 'vitest';
import { Transcript } from '../transcript.ts';
import { FrameChannel } from './frame-channel.ts';
import { type FrameServer, onFrame, startFrameServer } from './test-frame-server.ts';

let server: FrameServer | undefined;

afterEach(() => server?.close());

const lines = ({ said }: Transcript) =>
  said.messages.map(({ direction, line, body }) => [direction, line, ...(body === undefined ? [] : [body])]);

describe('the transcript of a WebSocket', () => {
  it('has the handshake, the frames of both sides without credentials, and the end', async () => {
    server = await startFrameServer({
      onSocket: (socket) => {
        socket.send('{"config":{"iceServers":[{"urls":"turn:t","credential":"abc"}]}}');
        onFrame(socket, () => socket.close(4403, 'not you'));
      },
    });
    const transcript = new Transcript();
    const url = server.url.replace('http', 'ws');
    const channel = await FrameChannel.open({ url: `${url}?token=abc`, transcript }, () => {});
    await channel.next(({ config }) => config !== undefined, 5000);
    channel.send({ type: 'offer', sdp: 'a=ice-pwd:abc\r\n' });
    await channel.ended;
    expect(lines(transcript)).toEqual([
      ['sent', `WebSocket ${url}?token=REDACTED`],
      ['received', '101'],
      ['received', 'frame', '{"config":{"iceServers":[{"urls":"turn:t","credential":"REDACTED"}]}}'],
      ['sent', 'frame', '{"type":"offer","sdp":"a=ice-pwd:REDACTED\\r\\n"}'],
      ['received', 'closed with 4403: not you'],
    ]);
  });

  it('has the status of a refusal', async () => {
    server = await startFrameServer({
      onUpgrade: (_request, write) => {
        write('HTTP/1.1 403 Forbidden\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n');
        return true;
      },
    });
    const transcript = new Transcript();
    const opening = FrameChannel.open({ url: server.url.replace('http', 'ws'), transcript }, () => {});
    await expect(opening).rejects.toThrow('HTTP 403');
    expect(transcript.said.messages.at(-1)).toMatchObject({
      line: '403',
      headers: { 'www-authenticate': 'Basic realm="x"' },
    });
  });
});
