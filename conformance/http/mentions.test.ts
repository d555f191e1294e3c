import { describe, expect, it } from 'vitest';
import { mentions } from './mentions.ts';

const answer = (body: string) => {
  try {
    return { body, json: JSON.parse(body) as unknown };
  } catch {
    return { body, json: undefined };
  }
};

describe('a name in an answer', () => {
  it.each([
    '["lobby","chat/one"]',
    '["chat\\/one"]',
    '{"rooms":["chat/one"]}',
    '{"rooms":[{"name":"chat/one"}]}',
    '{"chat/one":{"count":1}}',
    'chat/one\nlobby',
  ])('is found in %s', (body) => {
    expect(mentions(answer(body), 'chat/one')).toBe(true);
  });

  it.each(['[]', '["chat/one-more"]', '{"rooms":[]}', '"a chat/one"', 'lobby', 'null'])(
    'is not in %s',
    (body) => {
      expect(mentions(answer(body), 'chat/one')).toBe(false);
    },
  );

  it('is looked for in answers of any depth', () => {
    expect(mentions(answer(`${'['.repeat(5000)}"x"${']'.repeat(5000)}`), 'x')).toBe(true);
  });
});
