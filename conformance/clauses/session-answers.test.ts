import { describe, expect, it } from 'vitest';
import { exchange } from '../http/exchange.ts';
import { contextOf, outcomeOn } from '../run/testing.ts';
import { sessionAnswerClauses } from './session-answers.ts';

const call = { type: 'http', title: '', curl: '', url: '', durationMs: 0, responseBody: '' } as const;

function answer(status: number, responseHeaders: Readonly<Record<string, string>> = {}, method = 'POST') {
  return exchange({ ...call, method, status, responseHeaders });
}

const sdp = { 'content-type': 'application/sdp', location: '/sessions/1' };

describe.each(['publish', 'play'])('the answer to an offer to %s', (chapter) => {
  it.each([
    ['is 201 with SDP and an address', answer(201, sdp), 'pass'],
    [
      'says more of its type',
      answer(201, { ...sdp, 'content-type': 'application/sdp; charset=utf-8' }),
      'pass',
    ],
    ['is 200', answer(200, sdp), 'fail'],
    ['is of another type', answer(201, { ...sdp, 'content-type': 'application/sdpx' }), 'fail'],
    ['has no address', answer(201, { 'content-type': 'application/sdp' }), 'fail'],
  ])('%s: %#', async (_case, created, verdict) => {
    expect(await outcomeOn(sessionAnswerClauses, `${chapter}.answer`, { created })).toMatchObject({
      verdict,
    });
  });

  it.each([
    ['and then there is none', [204, 404], 'pass'],
    ['and then it is gone', [200, 410], 'pass'],
    ['and succeeds again', [204, 204], 'fail'],
    ['and breaks the server then', [204, 500], 'fail'],
    ['but is refused', [405, 404], 'fail'],
    ['but has no address', [], 'fail'],
  ])('is ended by DELETE, %s: %#', async (_case, statuses, verdict) => {
    const [first, second] = statuses.map((status) => answer(status));
    const measured = { created: answer(201), first, second };
    expect(await outcomeOn(sessionAnswerClauses, `${chapter}.delete`, measured)).toMatchObject({ verdict });
  });
});

describe('pages of other origins', () => {
  const open = { 'access-control-allow-origin': '*' };
  const exposing = (names: string) => ({ ...open, 'access-control-expose-headers': names });

  /** What is said of a server that answers the preflight, the offer, and the question for its tracks with these headers. */
  async function verdictOf(
    preflight: Record<string, string> = open,
    played: Record<string, string> = exposing('Location, X-Sid'),
    described: Record<string, string> = open,
    preflightStatus = 204,
  ) {
    const context = contextOf();
    context.api.request = async (path, { method = 'GET' } = {}) => {
      if (method === 'OPTIONS') return answer(preflightStatus, preflight, method);
      if (path.endsWith('/media_info.json')) return answer(200, described, method);
      return answer(200, played, method);
    };
    const { verdict } = await sessionAnswerClauses.find(({ id }) => id === 'play.cross-origin')!.run(context);
    return verdict;
  }

  it('may play where all answers may be read, and the session’s id too', async () => {
    expect(await verdictOf()).toBe('pass');
    expect(await verdictOf(open, exposing('*'))).toBe('pass');
    expect(await verdictOf({ 'access-control-allow-origin': 'https://chat.example' })).toBe('pass');
  });

  it('may not where one of them is closed', async () => {
    expect(await verdictOf({})).toBe('fail');
    expect(await verdictOf({ 'access-control-allow-origin': 'https://other.example' })).toBe('fail');
    expect(await verdictOf(open, { 'access-control-expose-headers': 'X-Sid' })).toBe('fail');
    expect(await verdictOf(open, undefined, {})).toBe('fail');
    expect(await verdictOf(open, undefined, open, 405)).toBe('fail');
  });

  it('may not where the session’s id is hidden', async () => {
    expect(await verdictOf(open, open)).toBe('fail');
    expect(await verdictOf(open, exposing('Location'))).toBe('fail');
    expect(await verdictOf(open, exposing('X-Sid-Old'))).toBe('fail');
  });
});
