import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A UDP port of this machine that nobody uses at this moment. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  try {
    await once(socket, 'listening');
    return socket.address().port;
  } finally {
    socket.close();
  }
}
