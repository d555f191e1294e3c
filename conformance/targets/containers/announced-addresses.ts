import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/**
 * What a server in a container has to announce to be reached from here.
 * @param engineHost where the engine's ports are: `localhost`, an address, or the name of another machine
 * @returns none where that is this machine: a server announces its own addresses and loopback by itself, for other
 *   containers and for us
 * @throws Error where the name of another machine is not known
 */
export async function announcedAddresses(engineHost: string): Promise<readonly string[]> {
  const { address } = isIP(engineHost) === 0 ? await lookup(engineHost, 4) : { address: engineHost };
  return address.startsWith('127.') || address === '::1' ? [] : [address];
}
