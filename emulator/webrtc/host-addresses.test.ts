import { describe, expect, it } from 'vitest';
import { hostAddresses } from './host-addresses.ts';

const details = (address: string, family: 'IPv4' | 'IPv6', internal = false) =>
  ({
    address,
    family,
    internal,
    netmask: '',
    mac: '',
    cidr: null,
    ...(family === 'IPv6' ? { scopeid: 0 } : {}),
  }) as never;

const interfaces = {
  lo: [details('127.0.0.1', 'IPv4', true), details('::1', 'IPv6', true)],
  eth0: [details('192.0.2.5', 'IPv4'), details('2001:db8::5', 'IPv6')],
  eth1: [details('169.254.7.7', 'IPv4'), details('198.51.100.5', 'IPv4')],
};

describe('hostAddresses', () => {
  it('are those of the interfaces, with loopback last', () => {
    expect(hostAddresses(undefined, interfaces)).toEqual(['192.0.2.5', '198.51.100.5', '127.0.0.1']);
  });

  it('are the announced ones instead, each once', () => {
    const announced = ['203.0.113.1', '127.0.0.1', '203.0.113.1', '2001:db8::1'];
    expect(hostAddresses(announced, interfaces)).toEqual(['203.0.113.1', '2001:db8::1', '127.0.0.1']);
  });

  it('are loopback alone on a machine without network', () => {
    expect(hostAddresses(undefined, {})).toEqual(['127.0.0.1']);
  });

  it('must be addresses', () => {
    expect(() => hostAddresses(['media.example.com'])).toThrow('"media.example.com" is no IP address');
  });
});
