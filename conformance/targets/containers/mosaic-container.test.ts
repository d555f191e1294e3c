import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { announcedAddresses } from './announced-addresses.ts';
import { freeUdpPort } from './free-udp-port.ts';
import { emulatorArguments } from './mosaic-container.ts';

describe('emulatorArguments', () => {
  it('puts all media on one port, and listeners where they are mapped', () => {
    expect(emulatorArguments(40_123, []).join(' ')).toBe(
      'emulator --config /etc/mosaic2/flussonic.conf --http 8080 --https 8443 --udp-port 40123',
    );
  });

  it('announces the engine’s address where it is another machine', () => {
    expect(emulatorArguments(40_123, ['192.0.2.7']).join(' ')).toMatch(/ --announce 192\.0\.2\.7$/);
  });
});

describe('announcedAddresses', () => {
  it.each([
    ['localhost', []],
    ['127.0.0.1', []],
    ['::1', []],
    ['192.0.2.7', ['192.0.2.7']],
    ['fd00::7', ['fd00::7']],
  ])('of an engine at %s are %j', async (host, addresses) => {
    expect(await announcedAddresses(host)).toEqual(addresses);
  });

  it('tells of a machine that is not known', async () => {
    await expect(announcedAddresses('engine.invalid')).rejects.toThrow('engine.invalid');
  });
});

describe('freeUdpPort', () => {
  it('finds a port that can be opened', async () => {
    const socket = createSocket('udp4').bind(await freeUdpPort());
    await once(socket, 'listening');
    expect(socket.address().port).toBeGreaterThan(0);
    socket.close();
  });
});
