import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ProtectionProfileAeadAes128Gcm,
  ProtectionProfileAes128CmHmacSha1_80,
  RtpHeader,
  SrtpSession,
  saltLength,
} from 'werift';
import { SrtpReceiver } from './srtp-receiver.ts';

const profiles = [
  ['AEAD_AES_128_GCM', ProtectionProfileAeadAes128Gcm],
  ['AES_CM_128_HMAC_SHA1_80', ProtectionProfileAes128CmHmacSha1_80],
] as const;

type Profile = (typeof profiles)[number][1];

/** A client, and what opens its packets. */
function pair(profile: Profile) {
  const [key, salt] = [randomBytes(16), randomBytes(saltLength(profile))];
  const client = new SrtpSession({
    profile,
    keys: { localMasterKey: key, localMasterSalt: salt, remoteMasterKey: key, remoteMasterSalt: salt },
  });
  const seal = (fields: Partial<RtpHeader>, payload: Buffer) =>
    client.encrypt(payload, new RtpHeader({ ...fields }));
  return { seal, receiver: new SrtpReceiver(client) };
}

const numbers = (sequenceNumber: number, ssrc = 0xdeadbeef) => ({
  payloadType: 111,
  marker: false,
  sequenceNumber,
  timestamp: (sequenceNumber * 960) % 2 ** 32,
  ssrc,
});

describe.each(profiles)('SrtpReceiver with %s', (_name, profile) => {
  it('opens packets with header extensions and padding, over wraps of the sequence number', () => {
    const { receiver, seal } = pair(profile);
    for (let i = 0; i < 300; i += 1) {
      const fields = numbers((65400 + i) % 65536);
      const extensions = [{ id: 1, payload: Buffer.from([0x85]) }];
      const payload = randomBytes(i % 100);
      const padded = Buffer.concat([payload, Buffer.from([0, 0, 3])]);
      const packet = seal({ ...fields, padding: true, extension: true, extensions }, padded);
      expect(receiver.open(packet)).toEqual({ ...fields, payload });
    }
  });

  it('hands on the marker and a payload that is no view into the packet', () => {
    const { receiver, seal } = pair(profile);
    const packet = seal({ ...numbers(1), marker: true }, Buffer.from('hello'));
    const opened = receiver.open(packet);
    packet.fill(0);
    expect(opened).toEqual({ ...numbers(1), marker: true, payload: Buffer.from('hello') });
  });

  it('goes on after any loss around a wrap', () => {
    const { receiver, seal } = pair(profile);
    const opened: (number | undefined)[] = [];
    for (let at = 65000; at < 66600; at += 1) {
      const packet = seal(numbers(at % 65536), Buffer.from('x'));
      if (at < 65100 || at >= 66500) opened.push(receiver.open(packet)?.sequenceNumber);
    }
    const expected = [...Array(100).keys()].flatMap((i) => [65000 + i, 66500 - 65536 + i]);
    expect(opened.toSorted()).toEqual(expected.toSorted());
  });

  it('takes late packets once, and no packet twice', () => {
    const { receiver, seal } = pair(profile);
    const [first, second, third] = [7, 8, 9].map((n) => seal(numbers(n), Buffer.from([n])));
    expect(receiver.open(first!)?.payload).toEqual(Buffer.from([7]));
    expect(receiver.open(third!)?.payload).toEqual(Buffer.from([9]));
    expect(receiver.open(second!)?.payload).toEqual(Buffer.from([8]));
    for (const packet of [first, second, third]) expect(receiver.open(packet!)).toBeUndefined();
  });

  it('drops every packet with a changed bit, and goes on', () => {
    const { receiver, seal } = pair(profile);
    const packet = seal(numbers(1), Buffer.alloc(20, 5));
    for (let bit = 0; bit < packet.length * 8; bit += 1) {
      const changed = Buffer.from(packet);
      changed[bit >> 3] = changed.readUInt8(bit >> 3) ^ (1 << (bit & 7));
      expect(receiver.open(changed)).toBeUndefined();
    }
    expect(receiver.open(packet)?.payload).toEqual(Buffer.alloc(20, 5));
  });

  it('drops every packet that is cut off, and goes on', () => {
    const { receiver, seal } = pair(profile);
    const packet = seal(numbers(1), Buffer.alloc(20, 5));
    for (let length = 0; length < packet.length; length += 1) {
      expect(receiver.open(packet.subarray(0, length))).toBeUndefined();
    }
    expect(receiver.open(packet)?.payload).toEqual(Buffer.alloc(20, 5));
  });

  it('drops anything else without a word', () => {
    const { receiver } = pair(profile);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(0x3f), (bytes, flags) => {
        expect(receiver.open(Buffer.from(bytes))).toBeUndefined();
        const asRtp = Buffer.concat([Buffer.from([0x80 | flags, 111]), Buffer.from(bytes)]);
        expect(receiver.open(asRtp)).toBeUndefined();
      }),
    );
  });

  it('is not held up by a forged header extension, whatever length it claims', () => {
    const { receiver } = pair(profile);
    const startedMs = performance.now();
    for (const words of [0, 1, 300, 0x3fff, 0xffff]) {
      for (const kind of [0xbede, 0x1000]) {
        const forged = Buffer.alloc(60000, 0x10);
        forged.set([0x90, 111]);
        forged.writeUInt16BE(kind, 12);
        forged.writeUInt16BE(words, 14);
        expect(receiver.open(forged)).toBeUndefined();
        expect(receiver.open(forged.subarray(0, 1400))).toBeUndefined();
      }
    }
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });

  it('follows 64 streams and no more', () => {
    const { receiver, seal } = pair(profile);
    const opened = Array.from({ length: 70 }, (_, ssrc) =>
      receiver.open(seal(numbers(1, ssrc), Buffer.from([1]))),
    );
    expect(opened.filter((packet) => packet !== undefined)).toHaveLength(64);
    expect(receiver.open(seal(numbers(2, 0), Buffer.from([2])))?.payload).toEqual(Buffer.from([2]));
  });

  it.each([
    ['longer than the payload', [1, 2, 9]],
    ['of zero bytes', [1, 0]],
    ['without a payload', []],
  ])('drops padding %s', (_what, payload) => {
    const { receiver, seal } = pair(profile);
    expect(receiver.open(seal({ ...numbers(1), padding: true }, Buffer.from(payload)))).toBeUndefined();
  });

  it('takes nothing but padding for an empty payload', () => {
    const { receiver, seal } = pair(profile);
    const packet = seal({ ...numbers(1), padding: true }, Buffer.from([0, 0, 3]));
    expect(receiver.open(packet)?.payload).toHaveLength(0);
  });
});
