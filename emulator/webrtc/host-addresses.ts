import { isIP, isIPv4 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

const loopback = '127.0.0.1';

/**
 * Addresses to put into an answer, the most wanted first: the announced ones, else those of the machine's
 * IPv4 interfaces, and loopback last for clients on the same machine. IPv6 is used where it is announced.
 *
 * @throws TypeError where an announced address is no IP address
 */
export function hostAddresses(
  announced: readonly string[] | undefined,
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
): string[] {
  const wrong = announced?.find((address) => isIP(address) === 0);
  if (wrong !== undefined)
    throw new TypeError(`announcedAddresses: ${JSON.stringify(wrong)} is no IP address`);
  const chosen = announced ?? interfaceAddresses(interfaces);
  return [...new Set([...chosen.filter((address) => address !== loopback), loopback])];
}

function interfaceAddresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string[] {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ address, internal }) => !internal && isIPv4(address) && !address.startsWith('169.254.'))
    .map(({ address }) => address);
}
