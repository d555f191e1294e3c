import { once } from 'node:events';
import { createServer, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { dropAnswer, truncateAnswer } from './break-off.ts';

/** What a client gets of an answer: `undefined` for no answer, and whether all of it came. */
async function receive(answer: RequestListener): Promise<{ length: number | undefined; isWhole: boolean }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((resolve) => {
      let length: number | undefined;
      const done = (isWhole: boolean) => resolve({ length, isWhole });
      const asked = request({ port, host: '127.0.0.1', agent: false }, (response) => {
        length = 0;
        response.on('data', (chunk: Buffer) => {
          length = (length ?? 0) + chunk.length;
        });
        response.on('error', () => done(false)).on('end', () => done(true));
      });
      asked.on('error', () => done(false)).end();
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const large = Buffer.alloc(1_000_000, 'x');

describe('truncateAnswer', () => {
  it.each([
    ['in the first piece', 100, 100, false],
    ['between two pieces', 1000, 1000, false],
    ['in a later piece', 1500, 1500, false],
    ['at a share of the first', 0.75, 750, false],
    ['nowhere, where it is as long', 3000, 3000, true],
    ['nowhere, where it is shorter', 4000, 3000, true],
  ])('breaks an answer in three pieces off %s', async (_, amount, length, isWhole) => {
    const piece = Buffer.alloc(1000);
    const got = await receive((_request, response) => {
      truncateAnswer(response, amount);
      response.writeHead(200, { 'content-length': 3000 });
      response.write(piece);
      response.write(piece);
      response.end(piece);
    });
    expect(got).toEqual({ length, isWhole });
  });

  it('cuts large answers where it is told to, and lets them come whole', async () => {
    const answer = (amount: number): RequestListener => {
      return (_request, response) => {
        truncateAnswer(response, amount);
        response.setHeader('content-length', large.length);
        response.end(large);
      };
    };
    expect(await receive(answer(0.9))).toEqual({ length: 900_000, isWhole: false });
    expect(await receive(answer(1_000_000))).toEqual({ length: 1_000_000, isWhole: true });
  });

  it('leaves an answer without a body alone', async () => {
    const got = await receive((_request, response) => {
      truncateAnswer(response, 0);
      response.writeHead(204).end();
    });
    expect(got).toEqual({ length: 0, isWhole: true });
  });
});

describe('dropAnswer', () => {
  it.each<[string, RequestListener]>([
    ['ended', (_request, response) => response.end('x')],
    ['written piece by piece', (_request, response) => response.write('x')],
  ])('sends nothing of an answer that is %s', async (_, answer) => {
    const got = await receive((asked, response) => {
      dropAnswer(response);
      answer(asked, response as never);
    });
    expect(got).toEqual({ length: undefined, isWhole: false });
  });
});
