import { createHash } from 'node:crypto';
import {
  DtlsClient,
  DtlsServer,
  type DtlsSocket,
  keyLength,
  ProtectionProfileAeadAes128Gcm,
  ProtectionProfileAes128CmHmacSha1_80,
  type SrtpSession,
  saltLength,
} from 'werift';
import { type DtlsCertificate, signatureHash } from './certificate.ts';
import type { Fingerprint } from './sdp-checks.ts';

/** What DTLS agreed on for SRTP (RFC 5764 §4), as werift's SRTP sessions take it. */
export type SrtpAgreement = SrtpSession['config'];

/**
 * The protection profiles we speak, in the order of our preference: AES-GCM, and the one that every WebRTC client
 * knows (RFC 8827 §6.5).
 */
const srtpProfiles = [ProtectionProfileAeadAes128Gcm, ProtectionProfileAes128CmHmacSha1_80];

/** What a channel needs of its surroundings. */
export interface DtlsChannelOptions {
  readonly role: 'client' | 'server';
  readonly certificate: DtlsCertificate;
  /** What the client's certificate has to match. */
  readonly fingerprints: readonly Fingerprint[];
  send(datagram: Buffer): void;
  onConnected(agreement: SrtpAgreement): void;
  /** The client said goodbye. */
  onClosed(): void;
  onFailed(error: Error): void;
}

/** Content types of DTLS records (RFC 5246 §6.2.1). */
const alertRecord = 21;
const handshakeRecord = 22;

/** A record's header: type, version, epoch, sequence number, length (RFC 6347 §4.1). */
const recordHeaderBytes = 13;

/** Far above the numbers of a handshake's records, so that no nonce is used twice. */
const closeNotifySequenceNumber = 2 ** 20;

/**
 * When to repeat a hello that nothing answered, in ms after the one before. Clients may find the path before
 * they listen for DTLS on it, and werift's own first repetition is half a second away (RFC 6347 §4.2.4.1
 * leaves the timer to the application).
 */
const helloRepetitionsMs = [40, 80, 160];

/** Above every flight of a handshake: what waits to repeat one gives up. */
const noMoreFlights = 100;

/** The DTLS handshake of one session, over datagrams that ICE carries. No application data is exchanged. */
export class DtlsChannel {
  readonly #options: DtlsChannelOptions;
  readonly #socket: DtlsSocket;
  #state: 'new' | 'handshake' | 'connected' | 'closed' = 'new';
  /** Where the socket listens for datagrams; werift's socket sets it. */
  #receive: (datagram: Buffer, from: readonly [string, number]) => void = () => {};
  #lastSent: Buffer | undefined;
  /** Runs until the other side is heard. */
  #repetition: NodeJS.Timeout | undefined;

  constructor(options: DtlsChannelOptions) {
    this.#options = options;
    const channel = this;
    const socketOptions = {
      cert: options.certificate.certPem,
      key: options.certificate.keyPem,
      signatureHash,
      srtpProfiles,
      extendedMasterSecret: true,
      transport: {
        type: 'ice',
        address: { address: '', family: '', port: 0 },
        closed: false,
        get onData() {
          return channel.#receive;
        },
        set onData(receive) {
          channel.#receive = receive;
        },
        send: async (datagram: Buffer) => channel.#send(datagram),
        close: async () => {},
      },
    };
    this.#socket =
      options.role === 'client'
        ? new DtlsClient(socketOptions)
        : new DtlsServer({ ...socketOptions, certificateRequest: true });
    this.#socket.onConnect.subscribe(() => this.#connected());
    this.#socket.onClose.subscribe(() => this.#closedByClient());
    // Repeated and garbled messages come out here as errors. What they cannot spoil goes on, and what they can
    // ends by the session's time limit.
    this.#socket.onError.subscribe(() => {});
  }

  /** Begins the handshake, once a path is there; a server waits for the client's hello. Idempotent. */
  start(): void {
    if (this.#state !== 'new') return;
    this.#state = 'handshake';
    if (!(this.#socket instanceof DtlsClient)) return;
    // Rejects after the last repetition of the hello, and at once where sending throws.
    this.#socket.connect().catch((error) => this.#failed(error));
    this.#repeatHello(helloRepetitionsMs);
  }

  /** Takes a datagram of DTLS records from the client. Hostile ones are dropped. */
  handle(datagram: Buffer): void {
    if (this.#state === 'closed') return;
    clearTimeout(this.#repetition);
    // After the handshake nothing but an encrypted goodbye or a repeated last flight is to be expected: a
    // plain hello or alert could come from anybody and would reset the session.
    const records = this.#state === 'connected' ? encryptedRecords(datagram) : datagram;
    try {
      this.#receive(records, ['', 0]);
    } catch {
      // Cut off or garbled records: as if lost.
    }
  }

  /** Says goodbye where there is somebody to hear it, and stops repeating. Idempotent. */
  close(): void {
    if (this.#state === 'connected') this.#sendCloseNotify();
    this.#state = 'closed';
    clearTimeout(this.#repetition);
    this.#socket.dtls.flight = noMoreFlights;
  }

  #send(datagram: Buffer): void {
    this.#lastSent = datagram;
    if (this.#state !== 'closed') this.#options.send(datagram);
  }

  #repeatHello([delayMs, ...later]: readonly number[]): void {
    const hello = this.#lastSent;
    if (delayMs === undefined || hello === undefined) return;
    this.#repetition = setTimeout(() => {
      this.#send(hello);
      this.#repeatHello(later);
    }, delayMs);
    this.#repetition.unref();
  }

  #connected(): void {
    if (this.#state === 'connected' || this.#state === 'closed') return;
    try {
      this.#checkCertificate();
      const agreement = this.#agreement();
      this.#state = 'connected';
      this.#options.onConnected(agreement);
    } catch (error) {
      this.#failed(error);
    }
  }

  #checkCertificate(): void {
    const certificate = this.#socket.remoteCertificate;
    if (certificate === undefined) throw new Error('the client showed no certificate');
    const matches = this.#options.fingerprints.some(
      ({ hash, hex }) => createHash(hash).update(certificate).digest('hex') === hex,
    );
    if (!matches) throw new Error('the client’s certificate does not match the fingerprint in its offer');
  }

  #agreement(): SrtpAgreement {
    const profile = this.#socket.srtp.srtpProfile;
    if (profile === undefined) throw new Error('the client agreed to no SRTP profile');
    const keys: Record<'localKey' | 'localSalt' | 'remoteKey' | 'remoteSalt', Buffer> =
      this.#socket.extractSessionKeys(keyLength(profile), saltLength(profile));
    return {
      profile,
      keys: {
        localMasterKey: keys.localKey,
        localMasterSalt: keys.localSalt,
        remoteMasterKey: keys.remoteKey,
        remoteMasterSalt: keys.remoteSalt,
      },
    };
  }

  #closedByClient(): void {
    if (this.#state === 'connected') this.#options.onClosed();
  }

  #failed(error: unknown): void {
    if (this.#state === 'connected' || this.#state === 'closed') return;
    this.#options.onFailed(error instanceof Error ? error : new Error(String(error)));
  }

  /** RFC 5246 §7.2.1; without it a browser notices the end only when its consent checks fail. */
  #sendCloseNotify(): void {
    const { cipher, sessionType } = this.#socket.cipher;
    const version = 0xfefd;
    const record = { type: alertRecord, version, epoch: 1, sequenceNumber: closeNotifySequenceNumber };
    const warningCloseNotify = Buffer.from([1, 0]);
    const fragment = cipher.encrypt(sessionType, warningCloseNotify, record);
    const header = Buffer.alloc(recordHeaderBytes);
    header.writeUInt8(record.type, 0);
    header.writeUInt16BE(version, 1);
    header.writeUInt16BE(record.epoch, 3);
    header.writeUIntBE(record.sequenceNumber, 5, 6);
    header.writeUInt16BE(fragment.length, 11);
    this.#send(Buffer.concat([header, fragment]));
  }
}

/**
 * The records that a connected peer may send: encrypted alerts, and the encrypted end of a last flight that
 * it repeats because ours was lost.
 */
function encryptedRecords(datagram: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0; datagram.length >= at + recordHeaderBytes; ) {
    const type = datagram.readUInt8(at);
    const epoch = datagram.readUInt16BE(at + 3);
    const end = at + recordHeaderBytes + datagram.readUInt16BE(at + 11);
    if ((type === alertRecord || type === handshakeRecord) && epoch > 0)
      kept.push(datagram.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}
