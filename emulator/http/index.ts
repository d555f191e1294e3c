import { createServer, type Server, type ServerOptions } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { type AppOptions, buildApp } from './app.ts';
import { type Certificate, loadCertificate } from './certificate.ts';
import { Connections } from './connections.ts';
import { turnOverTcp } from './ice-servers.ts';
import { type BoundListener, type Listener, listen } from './listen.ts';
import { answerRawErrors } from './raw-errors.ts';
import type { Services } from './services.ts';
import { type WebSocketOptions, WebSockets } from './websocket/index.ts';

export type { FastifyInstance as HttpApp, FastifyReply as HttpReply } from 'fastify';
export type { Credentials } from './auth.ts';
export type { Certificate } from './certificate.ts';
export type { IceServer } from './ice-servers.ts';
export { type BoundListener, ListenError, type Listener, PortInUseError } from './listen.ts';
export { type SignallingParts, straightSignalling } from './websocket/signalling-parts.ts';

export interface HttpOptions extends AppOptions, Omit<WebSocketOptions, 'turn'> {
  readonly http: readonly Listener[];
  readonly https: readonly Listener[];
  /** For the https listeners; missing: a self-signed certificate, made once and kept. */
  readonly tls?: Certificate | undefined;
}

/** The HTTP side of the emulator, up and running. */
export interface RunningHttp {
  /** In the order of the options, http before https. */
  readonly addresses: readonly BoundListener[];
  /** In the order of `addresses`. */
  readonly servers: readonly Server[];
  /** Answers the requests that are running and ends every connection. Idempotent; takes a second at most. */
  close(): Promise<void>;
}

const serverOptions: ServerOptions = {
  maxHeaderSize: 32_768,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  // Nothing here depends on the Host header; Node's own refusal would not be JSON.
  requireHostHeader: false,
};

const closeGraceMs = 800;
/** For the closing handshakes of WebSockets. */
const goodbyeGraceMs = 200;

/**
 * Opens all listeners and serves the emulator on each of them.
 *
 * @throws PortInUseError, ListenError: then none of the listeners stays open; TypeError for ICE servers that cannot be
 */
export async function startHttp(services: Services, options: HttpOptions): Promise<RunningHttp> {
  const app = buildApp(services, options);
  const webSockets = new WebSockets(services, { ...options, turn: turnOverTcp(options.iceServers ?? []) });
  const open: { server: Server; connections: Connections }[] = [];
  let closing: Promise<void> | undefined;
  const close = async () => {
    await webSockets.close(goodbyeGraceMs);
    await Promise.all(open.map(({ connections }) => connections.close(closeGraceMs)));
    await app.close();
  };

  try {
    const [create] = await Promise.all([serverFactory(app, services, options), app.ready()]);
    const addresses: BoundListener[] = [];
    for (const { protocol, listener } of listeners(options)) {
      const server = create(protocol);
      webSockets.serve(server);
      addresses.push(await listen(server, protocol, listener));
      open.push({ server, connections: new Connections(server) });
    }
    return {
      addresses,
      servers: open.map(({ server }) => server),
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listeners({ http, https }: HttpOptions) {
  return [
    ...http.map((listener) => ({ protocol: 'http' as const, listener })),
    ...https.map((listener) => ({ protocol: 'https' as const, listener })),
  ];
}

async function serverFactory(app: FastifyInstance, services: Services, options: HttpOptions) {
  const tls = options.https.length === 0 ? undefined : await prepareTls(options);
  return (protocol: 'http' | 'https'): Server => {
    const server =
      protocol === 'https' && tls !== undefined
        ? tls.createServer({ ...serverOptions, ...tls.certificate }, app.routing)
        : createServer(serverOptions, app.routing);
    answerRawErrors(server, services.profile);
    // Programs that speak plain HTTP to the TLS port, and browsers that do not trust the certificate yet.
    server.on('tlsClientError', (error: Error) =>
      options.logger.debug({ err: error }, 'TLS handshake failed'),
    );
    return server;
  };
}

/** Loaded only where it is needed, since the start is to be fast. */
async function prepareTls({ tls, logger }: HttpOptions) {
  const [{ createServer: createTlsServer }, certificate] = await Promise.all([
    import('node:https'),
    tls ?? loadCertificate({ onProblem: (message) => logger.warn(message) }),
  ]);
  return { createServer: createTlsServer, certificate };
}
