import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as the gateway sees it. */
export interface PassingCall {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** What stands between the suite and a server. */
export interface GatewayOptions {
  /** Answers a call itself; undefined: it passes on. */
  readonly answer?: (
    call: PassingCall,
  ) => { readonly status: number; readonly headers?: Record<string, string> } | undefined;
  /** Changes what the server has answered. */
  readonly rewrite?: (body: string, call: PassingCall) => string;
}

/** Starts a gateway in front of a server. */
export async function startGateway(serverUrl: string, { answer, rewrite }: GatewayOptions) {
  const gateway = createServer(async (incoming, outgoing) => {
    const call = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      body: (await bytesOf(incoming)).toString(),
    };
    const own = answer?.(call);
    if (own !== undefined) {
      outgoing.writeHead(own.status, { 'content-type': 'text/html', ...own.headers });
      outgoing.end('<html>the gateway</html>');
      return;
    }
    const { method, headers } = incoming;
    const passed = httpRequest(new URL(call.path, serverUrl), { method, headers }, async (answered) => {
      const bytes = await bytesOf(answered);
      const body = rewrite === undefined ? bytes : Buffer.from(rewrite(bytes.toString(), call));
      const { 'content-length': _, 'transfer-encoding': __, ...kept } = answered.headers;
      outgoing.writeHead(answered.statusCode ?? 0, kept).end(body);
    });
    passed.on('error', () => outgoing.destroy());
    passed.end(call.body);
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  return {
    url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    close: () => {
      gateway.close();
      gateway.closeAllConnections();
    },
  };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
