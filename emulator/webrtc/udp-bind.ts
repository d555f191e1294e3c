import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const receiveBufferBytes = 1024 * 1024;

/**
 * Opens a UDP socket on all interfaces.
 *
 * @param port 0 for any that is free
 * @throws Error, such as EADDRINUSE
 */
export async function bindUdp(type: 'udp4' | 'udp6', port: number): Promise<Socket> {
  // Addresses are never names here, so the lookup that Node does for each packet is skipped.
  const family = type === 'udp4' ? 4 : 6;
  const socket = createSocket({
    type,
    ipv6Only: type === 'udp6',
    lookup: (address, _options, callback) => callback(null, address, family),
  });
  try {
    // Waiting begins before binding: with this lookup a port is bound on the spot.
    const listening = once(socket, 'listening');
    socket.bind(port);
    await listening;
  } catch (error) {
    socket.close();
    throw error;
  }
  takeBursts(socket);
  // An unreachable client is noticed by its silence; the error itself must not become an exception.
  socket.on('error', () => {});
  return socket;
}

/** @returns resolves when the port is free */
export function closeUdp(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.close(() => resolve());
  });
}

/** A keyframe comes as a burst, and the usual buffer holds some 90 packets. */
function takeBursts(socket: Socket): void {
  try {
    socket.setRecvBufferSize(receiveBufferBytes);
  } catch {
    // The system allows less: then what does not fit is lost, and asked for again.
  }
}
