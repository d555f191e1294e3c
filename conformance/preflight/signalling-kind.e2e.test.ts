import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { BotHost } from '../bots/bot-host.ts';
import { waitForSound } from '../bots/collect.ts';
import { runConformance } from '../index.ts';
import { RunContext } from '../run/context.ts';
import { type UrlTargetOptions, urlTarget } from '../targets/url.ts';
import { examinationLines, examine } from './examination.ts';
import { findSignalling } from './signalling-kind.ts';

let emulator: Emulator;
const servers: Server[] = [];

beforeAll(async () => {
  emulator = await startEmulator({
    config: 'http 127.0.0.1:0; edit_auth user pass; template any { prefix ""; input publish://; }',
  });
});

afterAll(async () => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  await emulator.close();
});

const targetOf = (url: string, options: UrlTargetOptions = {}) =>
  urlTarget(url.replace('//', '//user:pass@'), options);

/** A server of the time before WHIP: it answers so to both, and all else is the emulator's. */
async function serverOfBefore(status: number, { upgrades = true } = {}): Promise<string> {
  const { port } = new URL(emulator.httpUrls[0]!);
  const server = createServer((incoming, response) => {
    const { url = '', method, headers } = incoming;
    if (/\/whi?e?p(\?|$)/.test(url)) {
      response.writeHead(status).end('what is that');
      return;
    }
    const outgoing = httpRequest({ host: '127.0.0.1', port, path: url, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  });
  if (upgrades) {
    server.on('upgrade', ({ method, url, rawHeaders }, socket, head) => {
      const upstream = connect(Number(port), '127.0.0.1');
      const lines = rawHeaders.map((word, i) => (i % 2 === 0 ? `\r\n${word}: ` : word)).join('');
      upstream.write(`${method} ${url} HTTP/1.1${lines}\r\n\r\n`);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
      for (const end of [upstream, socket]) end.on('error', () => {});
    });
  }
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function found(url: string, options?: UrlTargetOptions) {
  const context = new RunContext(targetOf(url, options), 1);
  try {
    return await findSignalling(context);
  } finally {
    await context.close();
  }
}

async function roomsLeft(): Promise<unknown> {
  const context = new RunContext(targetOf(emulator.httpUrls[0]!), 1);
  return (await context.api.manager('list_room', [])).json;
}

describe('the signalling of a target', () => {
  it('is WHIP where it has that, and nothing is left behind', async () => {
    expect(await found(emulator.httpUrls[0]!)).toEqual({ kind: 'whip' });
    expect(await roomsLeft()).toEqual([]);
  });

  it.each([404, 405, 426, 501])('is WebSocket where WHEP is answered %i', async (status) => {
    expect(await found(await serverOfBefore(status))).toEqual({
      kind: 'websocket',
      note: `Bots publish and play over WebSocket: WHEP is answered ${status}.`,
    });
  });

  it('is WHIP where it is neither, or the server is in trouble', async () => {
    expect(await found(await serverOfBefore(404, { upgrades: false }))).toEqual({ kind: 'whip' });
    expect(await found(await serverOfBefore(500))).toEqual({ kind: 'whip' });
    expect(await found('http://127.0.0.1:1')).toEqual({ kind: 'whip' });
  });

  it('is what it is said to be, without a question', async () => {
    expect(await found('http://127.0.0.1:1', { signalling: 'websocket' })).toMatchObject({
      kind: 'websocket',
    });
    expect(await found('http://127.0.0.1:1', { signalling: 'whip' })).toEqual({ kind: 'whip' });
  });

  it('is told before a run, in its report, and to clauses that are about the other one', async () => {
    const target = targetOf(await serverOfBefore(404));
    const note = 'Bots publish and play over WebSocket: WHEP is answered 404.';
    const lines = examinationLines(target, await examine(target));
    expect(lines).toContain(note);
    expect(lines.join('\n')).not.toContain('publisher is answered');
    const shown: string[] = [];
    const filter = ['play.session-id', 'api.add-stream.creates-stream'];
    const { results, notes } = await runConformance({
      target,
      selection: { filter, exclude: [] },
      reporters: [{ runStarted: (run) => shown.push(run.target) }],
    });
    expect(shown).toEqual([`${target.name}, over WebSocket`]);
    expect(notes).toContain(note);
    expect(results.map(({ clause, verdict, reason }) => [clause.id, verdict, reason])).toEqual([
      ['api.add-stream.creates-stream', 'pass', undefined],
      ['play.session-id', 'not-applicable', expect.stringContaining('made over WebSocket')],
    ]);
  });

  it('is found out by the first bot where nobody else did, and kept', async () => {
    const url = await serverOfBefore(404);
    const context = new RunContext(targetOf(url), 1);
    const bots = new BotHost({ signalling: 'auto' });
    try {
      await expect(bots.listen(`${url}/nobody/whep`)).rejects.toThrow(
        /HTTP 404.*; WebSocket .*unknown-stream/,
      );
      expect(bots.signalling).toBe('auto');
      const room = `${context.prefix}auto`;
      context.leftovers.addRoom(room);
      await context.api.manager('add_room', [room]);
      const listener = await bots.listen(`${url}/${room}/whep`);
      await waitForSound([listener], 0.1);
      expect(bots.signalling).toBe('websocket');
    } finally {
      await bots.close();
      await context.close();
    }
  });
});
