import { describe, expect, it } from 'vitest';
import type { RequestOptions } from '../http/api-client.ts';
import { NotApplicableError } from '../run/clause.ts';
import { contextOf } from '../run/testing.ts';
import { answeredLines, answerToPlayer, openAndEnd } from './player-answer.ts';

/** A server that answers an offer with this address of a session; each call is noted. */
function serverWith(location: string | undefined) {
  const calls: string[] = [];
  const context = contextOf();
  context.api.request = async (path: string, { method = 'GET' }: RequestOptions = {}) => {
    calls.push(`${method} ${path}`);
    const responseHeaders = location === undefined ? {} : { location };
    return { status: 201, evidence: { url: `${context.target.url}${path}`, responseHeaders } } as never;
  };
  return { calls, context };
}

describe('a session that is opened and ended', () => {
  it.each([
    ['a path', '/sessions/1?key=x', '/sessions/1?key=x'],
    ['a path beside its own', 'sessions/1', '/chat/room/sessions/1'],
    ['a whole address', 'http://127.0.0.1:1/sessions/1', '/sessions/1'],
  ])('is ended twice at %s', async (_case, location, path) => {
    const { calls, context } = serverWith(location);
    const { first, second } = await openAndEnd(context, 'chat/room', 'whep');
    expect(calls).toEqual(['POST /chat/room/whep', `DELETE ${path}`, `DELETE ${path}`]);
    expect([first?.status, second?.status]).toEqual([201, 201]);
  });

  it.each([
    ['has no address', undefined],
    ['has one on another server', 'http://127.0.0.1:2/sessions/1'],
    ['has one that is none', 'http://'],
  ])('is not ended where it %s', async (_case, location) => {
    const { calls, context } = serverWith(location);
    expect(await openAndEnd(context, 'room', 'whip')).not.toHaveProperty('first');
    await answerToPlayer(context, 'room');
    expect(calls).toEqual(['POST /room/whip', 'POST /room/whep']);
  });

  it('does not apply to a run over WebSocket', async () => {
    const { calls, context } = serverWith('/sessions/1');
    context.agreeBy('websocket');
    await expect(openAndEnd(context, 'room', 'whep')).rejects.toThrow(NotApplicableError);
    expect(calls).toEqual([]);
  });
});

it('says of an answer that cannot be read why it cannot', () => {
  expect(answeredLines('nothing')).not.toMatch(/^audio/);
});
