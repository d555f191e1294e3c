import { describe, expect, it } from 'vitest';
import { shownRequestHeaders } from './request-headers.ts';

describe('the headers of a call', () => {
  it('are shown where they matter, and of credentials the scheme alone', () => {
    const shown = shownRequestHeaders({
      accept: '*/*',
      'Content-Type': 'application/json',
      Authorization: 'Basic dXNlcjpwYXNz',
      'x-anything': 'else',
    });
    expect(shown).toEqual({ 'content-type': 'application/json', authorization: 'Basic REDACTED' });
  });

  it.each(['dXNlcjpwYXNz', '', ' ', 'Basic', ' dXNlcjpwYXNz', 'dXNlcjpwYXNz=='])(
    'show nothing of credentials that are written in no known way: %j',
    (authorization) => {
      expect(shownRequestHeaders({ authorization })).toEqual({ authorization: 'REDACTED' });
    },
  );
});
