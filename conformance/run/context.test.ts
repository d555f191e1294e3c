import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { urlTarget } from '../targets/url.ts';
import { NotApplicableError } from './clause.ts';
import { RunContext } from './context.ts';

const url = 'http://127.0.0.1:1';

describe('a run', () => {
  it('gives each member another signature, and others for another seed', () => {
    const picked = (seed: number) => {
      const context = new RunContext(urlTarget(url), seed);
      return [0, 1, 2, 3].map((member) => context.pick(member, 6));
    };
    expect(picked(0)).toEqual([0, 1, 2, 3]);
    expect(picked(4)).toEqual([4, 5, 0, 1]);
  });

  it('puts the prefix of the target before its own', () => {
    const { prefix } = new RunContext(urlTarget(url, { prefix: 'chat/' }), 0);
    expect(prefix).toMatch(/^chat\/m2-run-/);
  });

  it('is ended where it is ended before it begins', () => {
    expect(new RunContext(urlTarget(url), 0, AbortSignal.abort()).signal.aborted).toBe(true);
  });

  it('says what is about WHIP, and what needs several rooms, not to apply where there are none', () => {
    const context = new RunContext(urlTarget(url), 0);
    expect(() => context.requireWhip()).not.toThrow();
    expect(() => context.requireRoomsByName()).not.toThrow();
    context.agreeBy('websocket');
    context.readRoomsAs('only-room');
    expect(() => context.requireWhip()).toThrow(NotApplicableError);
    expect(() => context.requireRoomsByName()).toThrow(NotApplicableError);
  });

  it('removes members at the path by which the server knows a room', async () => {
    const paths: string[] = [];
    const server = createServer(({ url: path }, response) => {
      paths.push(path!);
      response.end('[]');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const context = new RunContext(
      urlTarget(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
      0,
    );
    context.readRoomsAs('only-room');
    context.leftovers.addMember('lobby', 'alice');
    await context.close();
    server.close();
    expect(paths[0]).toBe('/flussonic/api/dynamic_mosaic/room');
  });

  it('gives a bare number of a track what the track of everybody has before its number', () => {
    const context = new RunContext(urlTarget(url), 0);
    expect(context.trackIdOf({ track_id: 3 })).toBe('a3');
    context.hearAllIn('audio-1');
    expect(context.trackIdOf({ track_id: 3 })).toBe('audio-3');
    expect(context.trackIdOf({ track_id: 'a3' })).toBe('a3');
    expect(context.trackIdOf({})).toBeUndefined();
  });
});
