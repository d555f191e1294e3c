import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that nobody listens on now, for programs of others that cannot tell which one they were given. Tests only. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  return port;
}
