import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Target } from '../targets/target.ts';
import { urlTarget } from '../targets/url.ts';
import { ApiClient } from './api-client.ts';
import { runCurl } from './curl.ts';
import { HttpCallError } from './http-call.ts';
import { userInfo } from './user-info.ts';

const open: { close(): unknown }[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  for (const one of open.splice(0)) one.close();
});

interface Seen {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Starts a server that notes every call, and answers as told. */
async function serve(answer: (response: ServerResponse, seen: Seen, request: IncomingMessage) => void) {
  const calls: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method, url: path, headers } = request;
    const { authorization, 'content-type': contentType } = headers;
    const seen = { method, path, authorization, contentType, body };
    calls.push(seen);
    answer(response, seen, request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  });
  return { calls, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const credentials = { user: 'user', password: "it's a secret" };

function targetAt(host: string): Target {
  return urlTarget(`http://${userInfo(credentials)}${host}`);
}

/** Both ways of the suite to make the same call. */
const callers = {
  ApiClient: (host: string, signal?: AbortSignal) =>
    new ApiClient(targetAt(host), { signal }).request('/call', { method: 'POST', body: '{}' }),
  curl: (host: string, signal?: AbortSignal) =>
    runCurl(`curl -X POST -d '{}' 'http://${userInfo(credentials)}${host}/call'`, 'a call', { signal }),
};

describe.each(Object.entries(callers))('a call by %s', (_name, call) => {
  it.each([307, 308])('follows a %d to another server with method, body and credentials', async (status) => {
    const final = await serve((response) => response.end('"here"'));
    const balancer = await serve((response) => {
      response.writeHead(status, { location: `http://${final.host}/moved` }).end();
    });
    const answer = await call(balancer.host);
    expect(answer.status).toBe(200);
    expect(answer.json).toBe('here');
    expect(final.calls).toEqual([{ ...balancer.calls[0], path: '/moved' }]);
    const { method, body, authorization } = final.calls[0]!;
    expect({ method, body }).toEqual({ method: 'POST', body: '{}' });
    expect(Buffer.from(authorization!.slice(6), 'base64').toString()).toBe("user:it's a secret");
    expect(answer.evidence.curl).toContain('--location-trusted');
  });

  it('follows a relative one, and none that changes the call', async () => {
    const server = await serve((response, { path }) => {
      response.writeHead(path === '/call' ? 307 : 302, { location: '/next' }).end();
    });
    expect((await call(server.host)).status).toBe(302);
    expect(server.calls.map(({ path }) => path)).toEqual(['/call', '/next']);
  });

  it('gives up after five redirects', async () => {
    const server = await serve((response) => response.writeHead(307, { location: '/call' }).end());
    await expect(call(server.host)).rejects.toThrow('more than 5 redirects');
    expect(server.calls).toHaveLength(6);
  });

  it('makes a call again that is put off, when the server wants it', async () => {
    let calls = 0;
    const { host } = await serve((response) => {
      calls += 1;
      if (calls > 2) response.end('"here"');
      else response.writeHead(calls === 1 ? 429 : 503, { 'retry-after': '0' }).end();
    });
    expect(await call(host)).toMatchObject({ status: 200, json: 'here' });
    expect(calls).toBe(3);
  });

  it('takes the answer of a server that wants it much later, or does not say when', async () => {
    const server = await serve((response, { body }) => {
      response.writeHead(429, body === '{}' ? { 'retry-after': '3600' } : {}).end();
    });
    expect((await call(server.host)).status).toBe(429);
    expect(server.calls).toHaveLength(1);
  });

  it('does not wait any more when it is aborted', async () => {
    const ending = new AbortController();
    const { host } = await serve((response) => {
      response.writeHead(429, { 'retry-after': '9' }).end();
      setImmediate(() => ending.abort());
    });
    await expect(call(host, ending.signal)).rejects.toThrow('the run has ended');
  });

  it('gives up an answer without end', async () => {
    const { host } = await serve((response) => {
      const chunk = 'x'.repeat(1024 * 1024);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    await expect(call(host)).rejects.toThrow('the answer is longer than');
  });

  it('ends at once when it is aborted', async () => {
    const ending = new AbortController();
    const server = await serve(() => ending.abort());
    await expect(call(server.host, ending.signal)).rejects.toThrow('the run has ended');
  });

  it('shows neither the password nor an encoded form of it', async () => {
    const server = await serve((response) => response.end('[]'));
    const { evidence } = await call(server.host);
    expect(`${evidence.curl} ${evidence.url}`).not.toMatch(/secret|it's|it%27s/);
  });

  it('shows the headers that the server got, and of the credentials that there were some', async () => {
    const { calls, host } = await serve((response) => response.end('[]'));
    const { evidence } = await call(host);
    expect(calls[0]!.contentType).toBe('application/x-www-form-urlencoded');
    expect(calls[0]!.authorization).toMatch(/^Basic /);
    expect(evidence.requestHeaders).toEqual({
      'content-type': calls[0]!.contentType,
      authorization: 'Basic REDACTED',
    });
  });

  it('keeps the password out of the error where nobody listens', async () => {
    const error = await call('127.0.0.1:1').catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).not.toMatch(/secret/);
  });

  // The second address is this machine as well, and not one that anybody makes an exception for.
  it.each(['127.0.0.1', '0.0.0.0'])('takes no proxy of the environment to %s', async (address) => {
    for (const name of ['http_proxy', 'HTTP_PROXY', 'ALL_PROXY']) vi.stubEnv(name, 'http://127.0.0.1:1');
    vi.stubEnv('no_proxy', '');
    const server = await serve((response) => response.end('[]'));
    expect((await call(server.host.replace('127.0.0.1', address))).status).toBe(200);
  });
});

describe('ApiClient', () => {
  it('gives up a server that never answers', async () => {
    const { host } = await serve(() => {});
    const call = new ApiClient(targetAt(host), { timeoutMs: 50 }).manager('list_room', []);
    await expect(call).rejects.toThrow(HttpCallError);
    await expect(call).rejects.toThrow('no answer within 0.05 s');
  });

  it('does not show the authorization that a clause gives', async () => {
    const { host } = await serve((response) => response.end());
    const headers = { Authorization: 'Basic d3Jvbmc6cGFpcg==' };
    const { evidence } = await new ApiClient(targetAt(host)).request('/', { headers });
    expect(evidence.curl).toContain('Authorization: REDACTED');
    expect(evidence.curl).not.toContain('d3Jvbmc6cGFpcg==');
  });
});

describe('runCurl', () => {
  it.each(["curl 'http://user:secret@host", 'wget http://user:secret@host', 'curl -X POST'])(
    'refuses %j without repeating it',
    async (line) => {
      const error = await runCurl(line, 'a call').catch((reason: Error) => reason);
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).not.toContain('secret');
    },
  );
});
