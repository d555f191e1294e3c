import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import selfsigned from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import { BotHttpError, requestPatiently, withoutPassword } from './http-request.ts';
import { deleteSession, postSdp, putTracks } from './post-sdp.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const serve = (listener: RequestListener) => listen(createServer(listener));

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

describe('postSdp', () => {
  it('posts the offer and gives answer, absolute location and X-Sid', async () => {
    const port = await serve(async (request, response) => {
      const { method, url, headers } = request;
      response.writeHead(201, { location: '/session/7', 'x-sid': 's7' });
      response.end(
        [method, url, headers['content-type'], headers['x-extra'], await bodyOf(request)].join(' '),
      );
    });
    const url = `http://127.0.0.1:${port}/a/whip?password=x`;
    expect(await postSdp('v=0', { url, headers: { 'x-extra': 'yes' } })).toEqual({
      answer: 'POST /a/whip?password=x application/sdp yes v=0',
      location: `http://127.0.0.1:${port}/session/7`,
      sid: 's7',
      url,
    });
  });

  it.each([307, 308])('follows %i with method and body', async (status) => {
    const target = await serve(async (request, response) => {
      response.writeHead(201, { location: 'session' }).end(await bodyOf(request));
    });
    const balancer = await serve((_request, response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${target}/b/whep` }).end();
    });
    const posted = await postSdp('v=0', { url: `http://127.0.0.1:${balancer}/a/whep` });
    expect(posted).toMatchObject({ answer: 'v=0', url: `http://127.0.0.1:${target}/b/whep` });
    expect(posted.location).toBe(`http://127.0.0.1:${target}/b/session`);
  });

  it('posts again where it is put off, when the server wants it', async () => {
    let posts = 0;
    const port = await serve(async (request, response) => {
      posts += 1;
      const offer = await bodyOf(request);
      if (posts > 1) response.writeHead(201).end(offer);
      else response.writeHead(503, { 'retry-after': '0' }).end();
    });
    expect(await postSdp('v=0', { url: `http://127.0.0.1:${port}/a/whip` })).toMatchObject({ answer: 'v=0' });
    expect(posts).toBe(2);
  });

  it('gives up an answer without end', async () => {
    const port = await serve((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65536)));
      };
      response.writeHead(201).on('drain', more);
      more();
    });
    await expect(postSdp('v=0', { url: `http://127.0.0.1:${port}/` })).rejects.toThrow('longer than 1048576');
  });

  it('gives up on redirects without end', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(307, { location: '/again' }).end();
    });
    await expect(postSdp('v=0', { url: `http://127.0.0.1:${port}/` })).rejects.toThrow(
      'more than 5 redirects',
    );
  });

  it.each([200, 302, 400, 404, 500])('takes %i for an error, with status and first line', async (status) => {
    const port = await serve((_request, response) => {
      response.writeHead(status).end('\nno such stream\nsecond line');
    });
    const attempt = postSdp('v=0', { url: `http://me:secret@127.0.0.1:${port}/a/whip` });
    await expect(attempt).rejects.toThrow(BotHttpError);
    await expect(attempt).rejects.toThrow(
      `POST http://me:***@127.0.0.1:${port}/a/whip: HTTP ${status}: no such stream`,
    );
    await expect(attempt).rejects.toThrow(/stream$/);
  });

  it('sends the credentials of the URL', async () => {
    const port = await serve((request, response) => {
      response.writeHead(201).end(request.headers.authorization);
    });
    const { answer } = await postSdp('v=0', { url: `http://us%40er:p%3Ass@127.0.0.1:${port}/` });
    expect(Buffer.from(answer.replace('Basic ', ''), 'base64').toString()).toBe('us@er:p:ss');
  });

  it('takes a self-signed certificate where it is told to, and only there', async () => {
    const { private: key, cert } = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }]);
    const port = await listen(
      createSecureServer({ key, cert }, (_request, response) => response.writeHead(201).end('sdp')),
    );
    const url = `https://127.0.0.1:${port}/a/whip`;
    expect(await postSdp('v=0', { url, insecure: true })).toMatchObject({ answer: 'sdp' });
    await expect(postSdp('v=0', { url })).rejects.toThrow(/POST https:.*self-signed/);
  });

  it('says what could not be reached', async () => {
    const port = await serve(() => {});
    servers[0]?.close();
    await expect(postSdp('v=0', { url: `http://127.0.0.1:${port}/a/whip` })).rejects.toThrow(
      /POST http:\/\/127.0.0.1:[0-9]+\/a\/whip: .*ECONNREFUSED/,
    );
  });

  it('does not wait for ever', async () => {
    const port = await serve(() => {});
    const request = { method: 'GET', url: `http://127.0.0.1:${port}/`, timeoutMs: 50 } as const;
    await expect(requestPatiently(request)).rejects.toThrow(/timeout/);
  });
});

describe('deleteSession', () => {
  it.each([200, 204, 404, 410])('is content with %i', async (status) => {
    const port = await serve((_request, response) => response.writeHead(status).end());
    await expect(deleteSession(`http://127.0.0.1:${port}/s`, {})).resolves.toBeUndefined();
  });

  it('reports other refusals', async () => {
    const port = await serve((_request, response) => response.writeHead(401).end('who are you'));
    await expect(deleteSession(`http://127.0.0.1:${port}/s`, {})).rejects.toThrow('HTTP 401: who are you');
  });
});

describe('putTracks', () => {
  it('puts the tracks where the official player does, and gives the status', async () => {
    const seen: string[] = [];
    const port = await serve(async (request, response) => {
      seen.push(`${request.method} ${request.url} ${await bodyOf(request)}`);
      response.writeHead(seen.length === 1 ? 200 : 404).end();
    });
    const url = `http://127.0.0.1:${port}/rooms/one/whep?start_track=a1`;
    expect(await putTracks(url, 'sid', ['a3'], {})).toBe(200);
    expect(await putTracks(url, 'sid', [], {})).toBe(404);
    expect(seen).toEqual([
      'PUT /rooms/one/sessions/sid/request_tracks {"tracks":["a3"]}',
      'PUT /rooms/one/sessions/sid/request_tracks {"tracks":[]}',
    ]);
  });
});

describe('withoutPassword', () => {
  it('leaves nothing secret in a URL', () => {
    expect(withoutPassword('http://a:b@host/x')).toBe('http://a:***@host/x');
    expect(withoutPassword('http://host/x')).toBe('http://host/x');
  });
});
