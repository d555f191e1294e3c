import { describe, expect, it } from 'vitest';
import { redactDeep, redactor, redactUrls } from './redact.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('redactUrls', () => {
  it.each([
    ["curl 'http://user:pass@host/path'", "curl 'http://USER:PASSWORD@host/path'"],
    ['https://u:p%40ss@host:1?x=1', 'https://USER:PASSWORD@host:1?x=1'],
    ["http://u:it's@host/", 'http://USER:PASSWORD@host/'],
    ['http://u:p@ss@host/', 'http://USER:PASSWORD@host/'],
    ['wss://u@host/a and http://v:w@host', 'wss://USER:PASSWORD@host/a and http://USER:PASSWORD@host'],
    ['http://host/path@home', 'http://host/path@home'],
    ['{"url":"http://host","mail":"a@b"}', '{"url":"http://host","mail":"a@b"}'],
  ])('shows %s as %s', (text, shown) => {
    expect(redactUrls(text)).toBe(shown);
  });
});

describe('redactor', () => {
  const redact = redactor({ user: 'admin', password: 'correct horse' });

  it('takes the pair out in every way it is written', () => {
    const texts = [
      `authorization: Basic ${base64('admin:correct horse')}`,
      `pair ${base64('admin:correct horse')}`,
      'admin:correct horse',
      'admin:correct%20horse',
      'the password is correct horse',
    ];
    for (const text of texts) {
      const shown = redact(text);
      expect(shown).toContain('REDACTED');
      expect(shown).not.toMatch(/correct|horse|YWRtaW46/);
    }
  });

  it('takes wrong pairs out too, which are close to the right one', () => {
    expect(redact(`Basic ${base64('admin:correct horsex')}`)).toBe('Basic REDACTED');
  });

  it('leaves what is no secret', () => {
    const text = 'www-authenticate: Basic realm="Flussonic"; Basic authentication for admin';
    expect(redact(text)).toBe(text);
  });

  it('does not take a short password for one wherever its letters stand', () => {
    expect(redactor({ user: 'user', password: 'pass' })('pass: passed, user:pass')).toBe(
      'pass: passed, REDACTED',
    );
  });

  it('takes nothing out where there are no credentials', () => {
    expect(redactor({ user: '', password: '' })('a:b :')).toBe('a:b :');
  });
});

describe('redactDeep', () => {
  it('redacts the texts of plain data and keeps the rest', () => {
    const samples = [1, 2, null];
    const data = { a: 'x', list: ['x', { b: 'x', c: 1, d: undefined, e: null }], samples };
    expect(redactDeep(data, () => 'y')).toEqual({
      a: 'y',
      list: ['y', { b: 'y', c: 1, d: undefined, e: null }],
      samples,
    });
  });
});
