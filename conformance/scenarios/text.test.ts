import { describe, expect, it } from 'vitest';
import type { Exchange } from '../http/exchange.ts';
import { answerText, isRefusal, isSuccess } from './text.ts';

const answer = (status: number, body = '') => ({ status, body }) as Exchange;

describe('an answer', () => {
  it.each([
    [199, false, false],
    [200, true, false],
    [204, true, false],
    [299, true, false],
    [302, false, false],
    [400, false, true],
    [404, false, true],
    [429, false, false],
    [499, false, true],
    [500, false, false],
    [503, false, false],
  ])('of %i is success: %s, and a refusal: %s', (status, success, refusal) => {
    expect([isSuccess(answer(status)), isRefusal(answer(status))]).toEqual([success, refusal]);
  });

  it('is told in one line that is not too long', () => {
    expect(answerText(answer(200, ' {\n  "track_id": "a3"\n}\n'))).toBe('200 { "track_id": "a3" }');
    expect(answerText(answer(204))).toBe('204');
    expect(answerText(answer(500, 'x'.repeat(300)))).toBe(`500 ${'x'.repeat(200)}…`);
  });
});
