import { describe, expect, it } from 'vitest';
import { bearerToken, createGuard as createAnyGuard, type GuardOptions } from './auth.ts';
import { isSameSecret } from './same-secret.ts';

const pair = { user: 'admin', password: 'p:ß"' };

function createGuard(options: Omit<GuardOptions, 'isSame'>) {
  return createAnyGuard({ ...options, isSame: isSameSecret });
}

function encode(scheme: string, text: string): string {
  return `${scheme} ${Buffer.from(text).toString('base64')}`;
}

describe('createGuard', () => {
  const guard = createGuard({ pairs: [{ user: 'viewer', password: 'v' }, pair], realm: 'Flussonic' });

  it.each([encode('Basic', 'admin:p:ß"'), encode('basic', 'viewer:v'), encode('BASIC ', 'viewer:v')])(
    'lets %s in',
    (header) => {
      expect(() => guard(header)).not.toThrow();
    },
  );

  it.each([
    undefined,
    '',
    'Basic',
    'Basic ',
    'Basic !!!',
    encode('Basic', 'admin:'),
    encode('Basic', 'admin:P:ß"'),
    encode('Basic', 'viewer'),
    encode('Basic', 'viewer:v '),
    encode('Bearer', 'viewer:v'),
    'Basic dmlld2VyOnb_', // no UTF-8
    'Basic a',
    'Basic =dmlld2VyOnY',
    `${encode('Basic', 'viewer:v')}, x`,
  ])('keeps %s out', (header) => {
    expect(() => guard(header)).toThrow(expect.objectContaining({ kind: 'unauthorized' }));
  });

  it('names the realm, with its quotes escaped', () => {
    const odd = createGuard({ pairs: [pair], realm: 'a "b" \\' });
    expect(() => odd(undefined)).toThrow(
      expect.objectContaining({ headers: { 'www-authenticate': 'Basic realm="a \\"b\\" \\\\"' } }),
    );
  });

  it('stands open without a configured pair', () => {
    expect(() => createGuard({ pairs: [], realm: 'x' })(undefined)).not.toThrow();
  });

  it('takes a Bearer pair where that is asked for', () => {
    const v3 = createGuard({ pairs: [pair], realm: 'x', acceptBearer: true });
    expect(() => v3(encode('Bearer', 'admin:p:ß"'))).not.toThrow();
    expect(() => v3(encode('Bearer', 'admin:x'))).toThrow();
    expect(() => v3(encode('Basic', 'admin:p:ß"'))).not.toThrow();
  });
});

describe('bearerToken', () => {
  it.each([
    ['Bearer s3cret', 's3cret'],
    ['bearer  a.b-c ', 'a.b-c'],
    ['Basic s3cret', undefined],
    ['Bearer', undefined],
    [undefined, undefined],
  ])('reads %s as %s', (header, token) => {
    expect(bearerToken(header)).toBe(token);
  });
});
