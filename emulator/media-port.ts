import { isIPv6 } from 'node:net';
import { ListenError, PortInUseError } from './http/index.ts';
import { SharedUdpPort } from './webrtc/shared-udp-port.ts';
import type { WebRtcOptions } from './webrtc/types.ts';

/**
 * Opens the UDP port for all media, where one is wanted.
 *
 * @throws PortInUseError, or ListenError for any other reason
 */
export async function openMediaPort({
  udpPort: port,
  announcedAddresses = [],
}: WebRtcOptions): Promise<SharedUdpPort | undefined> {
  if (port === undefined) return undefined;
  try {
    return await SharedUdpPort.open(
      port,
      announcedAddresses.some((address) => isIPv6(address)),
    );
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new PortInUseError({ port }, `UDP port ${port} is in use.`, error);
    throw new ListenError({ port }, `UDP port ${port} cannot be opened: ${message}`, error);
  }
}
