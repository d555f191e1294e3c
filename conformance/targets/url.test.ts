import { describe, expect, it } from 'vitest';
import { TargetError, urlTarget } from './url.ts';

describe('urlTarget', () => {
  it('takes a server with its pair, and keeps the pair out of what is shown', () => {
    const { close: _, ...target } = urlTarget('http://user:p%40ss@host:8080');
    expect(target).toEqual({
      name: 'http://host:8080',
      url: 'http://host:8080',
      credentials: { user: 'user', password: 'p@ss' },
      insecure: false,
      reproduceWith: ['--target', 'http://USER:PASSWORD@host:8080'],
    });
  });

  it('takes one without a pair, and a slash at the end', () => {
    const target = urlTarget('https://[::1]/');
    expect(target.url).toBe('https://[::1]');
    expect(target.credentials).toEqual({ user: '', password: '' });
    expect(target.reproduceWith).toEqual(['--target', 'https://[::1]']);
  });

  it('repeats --insecure in the command that reproduces a clause', () => {
    const target = urlTarget('https://user:pass@host', { insecure: true });
    expect(target.insecure).toBe(true);
    expect(target.reproduceWith).toEqual(['--target', 'https://USER:PASSWORD@host', '--insecure']);
  });

  it('repeats --signalling, unless it is to be found out', () => {
    const target = urlTarget('http://host', { signalling: 'websocket' });
    expect(target).toMatchObject({
      signalling: 'websocket',
      reproduceWith: ['--target', 'http://host', '--signalling', 'websocket'],
    });
    expect(urlTarget('http://host', { signalling: 'auto' }).reproduceWith).toEqual([
      '--target',
      'http://host',
    ]);
  });

  it('has the rooms that it is given, for all scenarios that look at pictures', () => {
    const one = urlTarget('http://host', { rooms: ['lobby'], prefix: 'chat/' });
    expect(one.configured).toEqual({ pictures: ['lobby', 'lobby', 'lobby'] });
    expect(one.prefix).toBe('chat/');
    expect(one.reproduceWith).toEqual(['--target', 'http://host', '--room', 'lobby', '--prefix', 'chat/']);
    const several = urlTarget('http://host', { rooms: ['a', 'b'] });
    expect(several.configured).toEqual({ pictures: ['a', 'b', 'b'] });
    expect(urlTarget('http://host').configured).toBeUndefined();
  });

  it.each([
    ['', 'no such URL'],
    ['user:secret@host', 'http or https, not user'],
    ['host:8080/secret', 'http or https'],
    ['http://', 'no such URL'],
    ['http://user:secret@host:99999', 'no such URL'],
    ['http://user:sec/ret@host', 'no such URL'],
    ['ftp://user:secret@host', 'http or https, not ftp'],
    ['http://user:secret@host/path', 'without a path: http://user:pass@host'],
    ['http://user:secret@host/?x', 'without a path'],
    ['http://user:secret100%@host', '%25'],
    ['http://%zz:secret@host', '%25'],
  ])('refuses %j in a sentence without the password', (text, message) => {
    expect(() => urlTarget(text)).toThrow(TargetError);
    expect(() => urlTarget(text)).toThrow(message);
    expect(() => urlTarget(text)).not.toThrow(/secret/);
  });
});
