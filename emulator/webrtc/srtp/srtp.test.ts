import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RtpHeader, SrtpSession } from 'werift';
import { createPacketCipher } from './packet-cipher.ts';
import { ReceiveIndex } from './receive-index.ts';
import { deriveRtpKeys, type SrtpProfile, srtpProfile } from './session-keys.ts';
import { SrtpReceiver, SrtpSender } from './srtp-streams.ts';

const profiles: [string, SrtpProfile, number][] = [
  ['AEAD_AES_128_GCM', srtpProfile.aeadAes128Gcm, 12],
  ['AES_CM_128_HMAC_SHA1_80', srtpProfile.aes128CmHmacSha1, 14],
];

function pair(profile: SrtpProfile, saltLength: number) {
  const master = { key: randomBytes(16), salt: randomBytes(saltLength) };
  const keys = deriveRtpKeys(master);
  const other = new SrtpSession({
    profile,
    keys: {
      localMasterKey: master.key,
      localMasterSalt: master.salt,
      remoteMasterKey: master.key,
      remoteMasterSalt: master.salt,
    },
  });
  const sender = new SrtpSender(createPacketCipher(profile, keys));
  const receiver = new SrtpReceiver(createPacketCipher(profile, keys));
  return { sender, receiver, other };
}

const header = (sequenceNumber: number, ssrc = 0xdeadbeef) => ({
  payloadType: 111,
  marker: false,
  sequenceNumber,
  timestamp: (sequenceNumber * 960) % 2 ** 32,
  ssrc,
});

describe('deriveRtpKeys', () => {
  it('gives the keys of RFC 3711 B.3', () => {
    const keys = deriveRtpKeys({
      key: Buffer.from('E1F97A0D3E018BE0D64FA32C06DE4139', 'hex'),
      salt: Buffer.from('0EC675AD498AFEEBB6960B3AABE6', 'hex'),
    });
    expect(keys.cipherKey.export().toString('hex').toUpperCase()).toBe('C61E7A93744F39EE10734AFE3FF7A087');
    expect(keys.salt.toString('hex').toUpperCase()).toBe('30CBBC08863D8C85D49DB34A9AE1');
    expect(keys.authenticationKey.toString('hex').toUpperCase()).toBe(
      'CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4',
    );
  });
});

describe.each(profiles)('%s', (_name, profile, saltLength) => {
  it('is understood by another implementation, over wraps of the sequence number', () => {
    const { sender, other } = pair(profile, saltLength);
    for (let i = 0; i < 300; i += 1) {
      const payload = randomBytes(i % 100);
      const packet = other.decrypt(sender.seal(header((65400 + i) % 65536), payload));
      expect(packet.subarray(12)).toEqual(payload);
    }
  });

  it('understands another implementation, with header extensions and padding', () => {
    const { receiver, other } = pair(profile, saltLength);
    for (let i = 0; i < 300; i += 1) {
      const sequenceNumber = (65400 + i) % 65536;
      const rtp = new RtpHeader({
        ...header(sequenceNumber),
        padding: true,
        extension: true,
        extensions: [{ id: 1, payload: Buffer.from([0x85]) }],
      });
      const padded = Buffer.from([1, 2, 3, 4, 0, 0, 3]);
      expect(receiver.open(other.encrypt(padded, rtp))).toEqual({
        ...header(sequenceNumber),
        payload: padded.subarray(0, 4),
      });
    }
  });

  it('takes late packets once, and no packet twice', () => {
    const { sender, receiver } = pair(profile, saltLength);
    const [first, second, third] = [7, 8, 9].map((n) => sender.seal(header(n), Buffer.from([n])));
    expect(receiver.open(first!)?.payload).toEqual(Buffer.from([7]));
    expect(receiver.open(third!)?.payload).toEqual(Buffer.from([9]));
    expect(receiver.open(second!)?.payload).toEqual(Buffer.from([8]));
    for (const packet of [first, second, third]) expect(receiver.open(packet!)).toBeUndefined();
  });

  it('drops every packet with a changed bit, and goes on', () => {
    const { sender, receiver } = pair(profile, saltLength);
    const packet = sender.seal(header(1), Buffer.alloc(20, 5));
    for (let bit = 0; bit < packet.length * 8; bit += 1) {
      const changed = Buffer.from(packet);
      changed[bit >> 3] = changed.readUInt8(bit >> 3) ^ (1 << (bit & 7));
      expect(receiver.open(changed)).toBeUndefined();
    }
    expect(receiver.open(packet)?.payload).toEqual(Buffer.alloc(20, 5));
  });

  it('drops anything else without a word', () => {
    const { receiver } = pair(profile, saltLength);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(receiver.open(Buffer.from(bytes))).toBeUndefined();
        const asRtp = Buffer.concat([Buffer.from([0x80, 111]), Buffer.from(bytes)]);
        expect(receiver.open(asRtp)).toBeUndefined();
      }),
    );
  });

  it('follows 64 streams and no more', () => {
    const { receiver, other } = pair(profile, saltLength);
    const opened = Array.from({ length: 70 }, (_, ssrc) =>
      receiver.open(other.encrypt(Buffer.from([1]), new RtpHeader(header(1, ssrc)))),
    );
    expect(opened.filter((packet) => packet !== undefined)).toHaveLength(64);
  });

  it('drops padding that is longer than the payload', () => {
    const { receiver, other } = pair(profile, saltLength);
    const rtp = new RtpHeader({ ...header(1), padding: true });
    expect(receiver.open(other.encrypt(Buffer.from([1, 2, 9]), rtp))).toBeUndefined();
  });
});

describe('ReceiveIndex', () => {
  it('keeps the right rollover for any losses and delays below half the range', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -100, max: 30000 }), { maxLength: 60 }),
        fc.nat(65535),
        (steps, start) => {
          const index = new ReceiveIndex();
          let at = start;
          let highest = start;
          const seen = new Set<number>();
          for (const step of [0, ...steps]) {
            at = Math.max(start, highest + step);
            const estimated = index.estimate(at % 65536);
            if (seen.has(at) || at <= highest - 128) {
              expect(estimated).toBeUndefined();
              continue;
            }
            expect(estimated).toEqual({ rollover: Math.floor(at / 65536), index: at });
            index.accept(estimated!);
            seen.add(at);
            highest = Math.max(highest, at);
          }
        },
      ),
    );
  });

  it('is not moved by packets that are not accepted', () => {
    const index = new ReceiveIndex();
    index.accept(index.estimate(100)!);
    index.estimate(30000);
    index.estimate(60000);
    expect(index.estimate(101)).toEqual({ rollover: 0, index: 101 });
  });
});
