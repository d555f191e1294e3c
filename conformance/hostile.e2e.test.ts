import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { beforeAll, describe, expect, it } from 'vitest';
import { levelsOf } from './analysis/tone-levels.ts';
import { collectRecordings, waitForSound } from './bots/collect.ts';
import { toneSignature } from './bots/signatures/catalogue.ts';
import { toneClip } from './bots/tone-clip.ts';
import { Listener } from './bots/webrtc/listener.ts';
import { startEmbeddedTarget, type Target } from './index.ts';
import { RunContext } from './run/context.ts';
import { SuiteRoom } from './scenarios/suite-room.ts';

let target: Target;
let context: RunContext;

beforeAll(async () => {
  target = await startEmbeddedTarget();
  context = new RunContext(target, 1);
  return async () => {
    await context.close();
    await target.close();
  };
});

/** Plays a room to a listener while something hostile happens, and tells how well it was heard. */
function heardDuring(attack: () => Promise<void>): Promise<{ lowestDb: number; lostPackets: number }> {
  return SuiteRoom.use(context, `hostile-${randomBytes(3).toString('hex')}`, async (room) => {
    const { clip, sent } = toneClip('alice', toneSignature(0), -20);
    await room.join('alice', clip);
    const listener = await room.listen('a1');
    await waitForSound([listener], 1.2);
    await listener.take();
    await Promise.all([attack(), waitForSound([listener], 2)]);
    const [recording] = await collectRecordings([listener]);
    const [level] = levelsOf(recording!.pcm, [sent]);
    return { lowestDb: level!.lowestDb, lostPackets: recording!.lostPackets };
  });
}

function post(path: string, body: string | Buffer, contentType = 'application/sdp'): Promise<Response> {
  return fetch(target.url + path, { method: 'POST', body, headers: { 'content-type': contentType } });
}

describe('the emulator, while a room is being played', () => {
  it('refuses hostile requests with a sentence each, and plays on', async () => {
    const statuses: number[] = [];
    const heard = await heardDuring(async () => {
      const answers = [
        await post('/x/whip', ''),
        await post('/x/whip', 'v=0\r\n'.repeat(1000)),
        await post('/x/whip', randomBytes(2000)),
        await post('/x/whip', Buffer.alloc(10_000_000, 'a')),
        await post('/flussonic/api/dynamic_mosaic/', Buffer.alloc(10_000_000, '[')),
        await post(`/${'n'.repeat(10_000)}/whip`, 'v=0\r\n'),
        await post('/..%2f..%2fetc%2fpasswd/whip', 'v=0\r\n'),
        await post('/%22%3E%3Cscript%3E/whep', 'v=0\r\n'),
        await post(`/${encodeURIComponent("a'b")}/whep`, 'v=0\r\n'),
        await fetch(`${target.url}/%ff%fe/media_info.json`),
      ];
      for (const answer of answers) {
        statuses.push(answer.status);
        const { error, detail } = (await answer.json()) as { error: string; detail: string };
        expect(error).toMatch(/^[\w-]+$/);
        expect(detail).toMatch(/\.$/);
      }
    });
    expect(statuses.every((status) => status >= 400 && status < 500)).toBe(true);
    expect(statuses).toContain(413);
    expect(heard.lowestDb).toBeGreaterThan(-6);
    expect(heard.lostPackets).toBe(0);
  });

  it('takes no notice of garbage on its media ports', async () => {
    const room = `${context.prefix}garbage`;
    await context.api.manager('add_room', [room]);
    const listener = await Listener.connect({ url: context.api.streamUrl(room, 'whep') });
    const ports = listener.serverCandidates.flatMap((candidate) =>
      [...candidate.matchAll(/ 127\.0\.0\.1 (\d+) typ host/g)].map((match) => Number(match[1])),
    );
    expect(ports.length).toBeGreaterThan(0);
    const socket = createSocket('udp4');
    const heard = await heardDuring(async () => {
      for (let i = 0; i < 2000; i += 1) {
        const packet = randomBytes(1 + (i % 1400));
        // RTP, RTCP, DTLS and STUN by their first byte (RFC 7983), and anything else.
        packet[0] = [0x80, 0x81, 0x16, 0x00, packet[0]!][i % 5]!;
        socket.send(packet, ports[i % ports.length]!, '127.0.0.1');
        if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    });
    socket.close();
    expect(heard.lowestDb).toBeGreaterThan(-6);
    // The session whose port it was is still there, too.
    const packets = await new Promise<number>((resolve) => {
      let count = 0;
      listener.onAudio = () => {
        count += 1;
        if (count === 10) resolve(count);
      };
    });
    expect(packets).toBe(10);
    await listener.close();
    await context.api.manager('remove_room', [room]);
  });

  it.each(['a/b/c', 'quote"inside', "o'clock", '<b>bold</b>', 'naïve ☃', '100%', 'a?b#c', 'a b'])(
    'keeps a room and a stream called %j apart from everything else',
    async (name) => {
      const room = `r ${name}`;
      expect((await context.api.manager('add_room', [room])).status).toBe(200);
      const { clip } = toneClip('x', toneSignature(0), -20);
      expect((await context.api.room(room, 'add_stream', [name])).status).toBe(200);
      const publisher = await context.bots.publish(context.api.streamUrl(name, 'whip'), clip);
      const listener = await context.bots.listen(context.api.streamUrl(room, 'whep'));
      await waitForSound([listener], 0.2);
      const stat = await context.api.room(room, 'stat', []);
      expect(stat.json).toEqual({ count: 2, clients: ['all', name] });
      await listener.close();
      await publisher.close();
      await context.api.manager('remove_room', [room]);
    },
  );

  it.each(['..', 'a/../b', '/a', 'a/', '', 'tab\tinside', 'x'.repeat(300)])(
    'refuses %j as the name of a room or a stream',
    async (name) => {
      const answer = await context.api.manager('add_room', [name]);
      expect(answer.status).toBe(400);
      expect((answer.json as { detail: string }).detail).toMatch(/\.$/);
    },
  );
});
