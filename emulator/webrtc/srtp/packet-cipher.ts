import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { type SrtpProfile, type SrtpSessionKeys, srtpProfile } from './session-keys.ts';

/** What identifies a packet for its cipher. */
export interface PacketIndex {
  readonly ssrc: number;
  /** Rollover counter: how often the sequence number wrapped (RFC 3711 §3.3.1). */
  readonly rollover: number;
  readonly sequenceNumber: number;
}

/** Encrypts and authenticates payloads with one direction's keys. Keeps no state between packets. */
export interface PacketCipher {
  /** @returns the header, the encrypted payload and the tag, ready to be sent */
  seal(header: Buffer, payload: Buffer, index: PacketIndex): Buffer;
  /**
   * @param packet as it came in, longer than `headerLength`
   * @returns the payload, or `undefined` where the packet is not from the owner of the key
   */
  open(packet: Buffer, headerLength: number, index: PacketIndex): Buffer | undefined;
}

/** The cipher of a negotiated profile. */
export function createPacketCipher(profile: SrtpProfile, keys: SrtpSessionKeys): PacketCipher {
  return profile === srtpProfile.aeadAes128Gcm ? gcmCipher(keys) : counterModeCipher(keys);
}

/** AEAD_AES_128_GCM (RFC 7714 §8). */
function gcmCipher({ cipherKey, salt }: SrtpSessionKeys): PacketCipher {
  const tagLength = 16;
  const iv = Buffer.alloc(12);
  const setIv = ({ ssrc, rollover, sequenceNumber }: PacketIndex) => {
    iv.writeUInt16BE(salt.readUInt16BE(0), 0);
    iv.writeUInt32BE((salt.readUInt32BE(2) ^ ssrc) >>> 0, 2);
    iv.writeUInt32BE((salt.readUInt32BE(6) ^ rollover) >>> 0, 6);
    iv.writeUInt16BE(salt.readUInt16BE(10) ^ sequenceNumber, 10);
  };
  return {
    seal(header, payload, index) {
      setIv(index);
      const cipher = createCipheriv('aes-128-gcm', cipherKey, iv);
      cipher.setAAD(header);
      const encrypted = cipher.update(payload);
      cipher.final();
      return Buffer.concat([header, encrypted, cipher.getAuthTag()]);
    },
    open(packet, headerLength, index) {
      const tagAt = packet.length - tagLength;
      if (tagAt < headerLength) return undefined;
      setIv(index);
      const decipher = createDecipheriv('aes-128-gcm', cipherKey, iv, { authTagLength: tagLength });
      decipher.setAAD(packet.subarray(0, headerLength));
      decipher.setAuthTag(packet.subarray(tagAt));
      const payload = decipher.update(packet.subarray(headerLength, tagAt));
      try {
        decipher.final();
        return payload;
      } catch {
        return undefined;
      }
    },
  };
}

/** AES_CM_128_HMAC_SHA1_80 (RFC 3711 §4.1.1 and §4.2.1). */
function counterModeCipher({ cipherKey, salt, authenticationKey }: SrtpSessionKeys): PacketCipher {
  const tagLength = 10;
  const rolloverBytes = Buffer.alloc(4);
  const transform = (payload: Buffer, { ssrc, rollover, sequenceNumber }: PacketIndex) => {
    const iv = Buffer.alloc(16);
    salt.copy(iv);
    iv.writeUInt32BE((iv.readUInt32BE(4) ^ ssrc) >>> 0, 4);
    iv.writeUInt32BE((iv.readUInt32BE(8) ^ rollover) >>> 0, 8);
    iv.writeUInt16BE(iv.readUInt16BE(12) ^ sequenceNumber, 12);
    return createCipheriv('aes-128-ctr', cipherKey, iv).update(payload);
  };
  const tagOf = (authenticated: Buffer, rollover: number) => {
    rolloverBytes.writeUInt32BE(rollover);
    const hmac = createHmac('sha1', authenticationKey).update(authenticated).update(rolloverBytes);
    return hmac.digest().subarray(0, tagLength);
  };
  return {
    seal(header, payload, index) {
      const authenticated = Buffer.concat([header, transform(payload, index)]);
      return Buffer.concat([authenticated, tagOf(authenticated, index.rollover)]);
    },
    open(packet, headerLength, index) {
      const tagAt = packet.length - tagLength;
      if (tagAt < headerLength) return undefined;
      const tag = tagOf(packet.subarray(0, tagAt), index.rollover);
      if (!timingSafeEqual(tag, packet.subarray(tagAt))) return undefined;
      return transform(packet.subarray(headerLength, tagAt), index);
    },
  };
}
