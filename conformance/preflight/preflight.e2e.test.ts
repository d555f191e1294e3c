import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { urlTarget } from '../targets/url.ts';
import { preflight } from './preflight.ts';

/** What every call is answered with. */
let answer: { status: number; type: string; body: string; location?: string };
const server = createServer((request, response) => {
  const { status, type, body, location } = answer;
  request.resume();
  response.writeHead(status, { 'content-type': type, ...(location && { location }) }).end(body);
});
let url: string;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

afterEach(() => void vi.unstubAllEnvs());

describe('preflight', () => {
  it.each([
    [{ status: 200, type: 'application/json', body: '[]' }],
    [{ status: 500, type: 'application/json', body: '{"error":"oops"}' }],
    [{ status: 200, type: 'text/plain', body: '' }],
  ])('takes %j for a server that can be measured', async (given) => {
    answer = given;
    await expect(preflight(urlTarget(url))).resolves.toBeUndefined();
  });

  it.each([
    [{ status: 401, type: 'application/json', body: '{}' }, 'refuses the credentials'],
    [{ status: 404, type: 'application/json', body: '{}' }, 'answered with 404'],
    [{ status: 405, type: 'text/plain', body: '' }, 'answered with 405'],
    [{ status: 200, type: 'text/html; charset=utf-8', body: 'hello' }, 'a page of HTML'],
    [{ status: 500, type: 'text/plain', body: '<html>' }, '500 and a page of HTML'],
    [{ status: 502, type: 'text/html', body: '<html>' }, 'cannot be measured now: list_room is answered 502'],
    [{ status: 503, type: 'application/json', body: '{}' }, 'cannot be measured now'],
    [{ status: 301, type: 'text/plain', body: '', location: 'https://host/x' }, '301, to https://host/x'],
    [{ status: 301, type: 'text/plain', body: '', location: 'https://host/\u009b2Jx' }, 'to https://host/'],
  ])('says of %j that no run can be made', async (given, message) => {
    answer = given;
    await expect(preflight(urlTarget(url))).rejects.toMatchObject({
      name: 'TargetError',
      message: expect.stringContaining(message),
    });
  });

  it('says that a proxy of the environment is not followed to a server that cannot be reached', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://proxy.example:3128');
    await expect(preflight(urlTarget('http://0.0.0.0:1'))).rejects.toThrow('HTTP_PROXY is not followed');
  });
});
