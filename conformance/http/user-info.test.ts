import { describe, expect, it } from 'vitest';
import { shellWords } from './shell-words.ts';
import { userInfo } from './user-info.ts';

describe('userInfo', () => {
  it('is empty without a user', () => {
    expect(userInfo({ user: '', password: '' })).toBe('');
  });

  it.each(["it's", 'a b', 'p@ss/word?#', '100%', '☃', '"x"', '!*()$`\\'])(
    'keeps the password %j through a quoted URL',
    (password) => {
      const [, word] = shellWords(`curl 'http://${userInfo({ user: "o'user", password })}host/'`);
      const url = new URL(word!);
      expect(url.host).toBe('host');
      expect(decodeURIComponent(url.username)).toBe("o'user");
      expect(decodeURIComponent(url.password)).toBe(password);
    },
  );
});
