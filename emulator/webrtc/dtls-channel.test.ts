import { createHash, X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { certificateFor } from './certificate.ts';
import { DtlsChannel, type SrtpAgreement } from './dtls-channel.ts';

const waiting = { timeout: 8000, interval: 5 };

interface End {
  channel: DtlsChannel;
  agreement?: SrtpAgreement;
  closed: number;
  error?: Error;
}

/** What a line does with the n-th datagram from one side: the datagrams that arrive. */
type Line = (datagram: Buffer, count: number) => readonly Buffer[];

const open: End[] = [];

async function connect(options: { toServer?: Line; toClient?: Line; fingerprint?: string } = {}) {
  const certificate = await certificateFor([]);
  const hex = createHash('sha256').update(new X509Certificate(certificate.certPem).raw).digest('hex');
  const ends: Record<'client' | 'server', End> = {} as never;
  const end = (
    role: 'client' | 'server',
    other: 'client' | 'server',
    line: Line = (datagram) => [datagram],
  ): End => {
    let count = 0;
    const made: End = {
      closed: 0,
      channel: new DtlsChannel({
        role,
        certificate,
        fingerprints: [{ hash: 'sha256', hex: role === 'client' ? (options.fingerprint ?? hex) : hex }],
        send: (datagram) => {
          for (const arriving of line(datagram, count++))
            setImmediate(() => ends[other].channel.handle(arriving));
        },
        onConnected: (agreement) => {
          made.agreement = agreement;
        },
        onClosed: () => {
          made.closed += 1;
        },
        onFailed: (error) => {
          made.error = error;
        },
      }),
    };
    open.push(made);
    return made;
  };
  ends.client = end('client', 'server', options.toServer);
  ends.server = end('server', 'client', options.toClient);
  ends.server.channel.start();
  ends.client.channel.start();
  return ends;
}

afterEach(() => {
  for (const { channel } of open.splice(0)) channel.close();
});

describe('DtlsChannel', () => {
  it('agrees on the same keys, AES-GCM first', async () => {
    const { client, server } = await connect();
    await vi.waitUntil(() => client.agreement && server.agreement, waiting);
    expect(client.agreement?.profile).toBe(7);
    const [ours, theirs] = [client.agreement?.keys, server.agreement?.keys];
    expect(ours).toEqual({
      localMasterKey: theirs?.remoteMasterKey,
      localMasterSalt: theirs?.remoteMasterSalt,
      remoteMasterKey: theirs?.localMasterKey,
      remoteMasterSalt: theirs?.localMasterSalt,
    });
    expect([ours?.localMasterKey.length, ours?.localMasterSalt.length]).toEqual([16, 12]);
  });

  it('connects to a server that was busy, and finds the hello with its repetition', async () => {
    let late: Buffer[] = [];
    const toServer: Line = (datagram, count) => {
      if (count === 0) {
        late = [datagram];
        return [];
      }
      const arriving = [...late, datagram];
      late = [];
      return arriving;
    };
    const { client, server } = await connect({ toServer });
    await vi.waitUntil(() => client.agreement && server.agreement, waiting);
    expect([client.error, server.error]).toEqual([undefined, undefined]);
  });

  it.each<[string, { toServer?: number; toClient?: number }]>([
    ['the first hello', { toServer: 0 }],
    ['the answer to it', { toClient: 0 }],
    ['the end of the server’s last flight', { toClient: 7 }],
  ])('connects where %s is lost', async (_what, lost) => {
    const losing =
      (number: number | undefined): Line =>
      (datagram, count) =>
        count === number ? [] : [datagram];
    const lines = { toServer: losing(lost.toServer), toClient: losing(lost.toClient) };
    const { client, server } = await connect(lines);
    await vi.waitUntil(() => client.agreement && server.agreement, waiting);
    expect(client.agreement?.keys.localMasterKey).toEqual(server.agreement?.keys.remoteMasterKey);
  });

  it('fails where the certificate is not the one of the offer', async () => {
    const { client } = await connect({ fingerprint: '00'.repeat(32) });
    await vi.waitUntil(() => client.error !== undefined, waiting);
    expect(client.error?.message).toContain('does not match the fingerprint');
    expect(client.agreement).toBeUndefined();
  });

  it('says goodbye once, which the other side hears', async () => {
    const { client, server } = await connect();
    await vi.waitUntil(() => client.agreement && server.agreement, waiting);
    client.channel.close();
    client.channel.close();
    await vi.waitUntil(() => server.closed > 0, waiting);
    expect([client.closed, server.closed]).toEqual([0, 1]);
  });

  it('does not listen to hellos and goodbyes in the clear once it is connected', async () => {
    const { client, server } = await connect();
    await vi.waitUntil(() => client.agreement && server.agreement, waiting);
    server.channel.handle(Buffer.from('15fefd000000000000000000020100', 'hex'));
    server.channel.handle(Buffer.from('17fefd00000000000000000002ffff', 'hex'));
    server.channel.handle(Buffer.from('63fefd00000000000000000002ffff', 'hex'));
    server.channel.handle(Buffer.from(`16fefd0000000000000000000c${'01'.repeat(12)}`, 'hex'));
    server.channel.handle(Buffer.from('16', 'hex'));
    expect(server.closed).toBe(0);
    client.channel.close();
    await vi.waitUntil(() => server.closed === 1, waiting);
  });
});
