import type { Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';

/** Where to listen. */
export interface Listener {
  /** Missing: all of the machine's addresses. */
  readonly address?: string | undefined;
  /** 0: any that is free. */
  readonly port: number;
}

/** A listener that is up. */
export interface BoundListener {
  readonly protocol: 'http' | 'https';
  /** As bound: `::` and `0.0.0.0` stand for all addresses. */
  readonly address: string;
  readonly port: number;
  /** A URL by which this machine reaches it, without a slash at the end. */
  readonly url: string;
}

/** A listener could not be opened; the message is a sentence for the person who starts the server. */
export class ListenError extends Error {
  override readonly name: string = 'ListenError';
  readonly listener: Listener;

  constructor(listener: Listener, message: string, cause: unknown) {
    super(message, { cause });
    this.listener = listener;
  }
}

/** Another program listens there already. */
export class PortInUseError extends ListenError {
  override readonly name = 'PortInUseError';
}

/**
 * Opens a listener.
 *
 * @throws PortInUseError, or ListenError for any other reason
 */
export function listen(
  server: Server,
  protocol: 'http' | 'https',
  listener: Listener,
): Promise<BoundListener> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => reject(toListenError(listener, error));
    server.once('error', onError);
    server.listen({ port: listener.port, ...(listener.address ? { host: listener.address } : {}) }, () => {
      server.off('error', onError);
      resolve(describe(protocol, server.address() as AddressInfo));
    });
  });
}

function describe(protocol: 'http' | 'https', { address, port }: AddressInfo): BoundListener {
  const host = address === '::' || address === '0.0.0.0' ? '127.0.0.1' : address;
  return { protocol, address, port, url: `${protocol}://${isIPv6(host) ? `[${host}]` : host}:${port}` };
}

function toListenError(listener: Listener, error: NodeJS.ErrnoException): ListenError {
  const where = listener.address === undefined ? '' : ` of ${listener.address}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return new PortInUseError(
        listener,
        `Port ${listener.port}${where} is in use by another program.`,
        error,
      );
    case 'EACCES':
      return new ListenError(
        listener,
        `Port ${listener.port}${where} may not be opened by this user.`,
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ListenError(listener, `This machine has no address ${listener.address}.`, error);
    default:
      return new ListenError(
        listener,
        `Port ${listener.port}${where} cannot be opened: ${error.message}.`,
        error,
      );
  }
}
