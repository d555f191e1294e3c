import { createCipheriv, createSecretKey, type KeyObject } from 'node:crypto';

/**
 * The protection profiles we speak: AES-GCM, which costs half and which browsers prefer, and the one that
 * every WebRTC client knows (RFC 8827 §6.5). The numbers are those of `use_srtp` (RFC 5764 §4.1.2, RFC 7714 §14.2).
 */
export const srtpProfile = { aes128CmHmacSha1: 1, aeadAes128Gcm: 7 } as const;

/** Number of a protection profile. */
export type SrtpProfile = (typeof srtpProfile)[keyof typeof srtpProfile];

/** Master key and salt of one direction, as DTLS hands them out (RFC 5764 §4.2). */
export interface SrtpMasterKey {
  /** 16 bytes. */
  readonly key: Buffer;
  /** 12 bytes for GCM, 14 for the other. */
  readonly salt: Buffer;
}

/** What packets of one direction are protected with. */
export interface SrtpSessionKeys {
  readonly cipherKey: KeyObject;
  /** As long as the master salt. */
  readonly salt: Buffer;
  /** 20 bytes; not used by GCM. */
  readonly authenticationKey: Buffer;
}

/**
 * Derives the keys for RTP packets from a master key, at key derivation rate 0 (RFC 3711 §4.3.1; for GCM
 * the salt is padded to 14 bytes, RFC 7714 §11).
 */
export function deriveRtpKeys({ key, salt }: SrtpMasterKey): SrtpSessionKeys {
  return {
    cipherKey: createSecretKey(derive(key, salt, 0, 16)),
    authenticationKey: derive(key, salt, 1, 20),
    salt: derive(key, salt, 2, salt.length),
  };
}

function derive(key: Buffer, salt: Buffer, label: number, length: number): Buffer {
  const block = Buffer.alloc(16);
  salt.copy(block);
  block[7] = block.readUInt8(7) ^ label;
  return createCipheriv('aes-128-ctr', key, block).update(Buffer.alloc(length));
}
