import type { RtpHeader, SrtpSession } from 'werift';
import { type RtpPacket, readRtpHeader } from '../rtp-packet.ts';
import { ReceiveIndex } from './receive-index.ts';

/** A client that makes up more stream numbers than this is not followed into all of them. */
const maxStreams = 64;

/**
 * Opens the RTP packets of one client with werift's cipher. Which packet it is, is found out here: werift 0.24
 * takes packets twice, loses the rollover counter for good where more than 100 packets are lost around a wrap
 * of the sequence number, and is held up for minutes by the header extension of a single forged packet.
 */
export class SrtpReceiver {
  readonly #cipher: SrtpSession['remoteContext']['cipher'];
  /** By SSRC; only of streams with at least one genuine packet. */
  readonly #streams = new Map<number, ReceiveIndex>();

  constructor(session: SrtpSession) {
    this.#cipher = session.remoteContext.cipher;
  }

  /**
   * @returns the packet, its payload no view into the one that came in; `undefined` for anything forged,
   *   repeated, malformed or too much
   */
  open(packet: Buffer): RtpPacket | undefined {
    const header = readRtpHeader(packet);
    if (header === undefined) return undefined;
    const { ssrc, sequenceNumber, timestamp, payloadType, marker } = header;
    const known = this.#streams.get(ssrc);
    const stream = known ?? new ReceiveIndex();
    const estimated = stream.estimate(sequenceNumber);
    if (estimated === undefined) return undefined;
    const payload = this.#decrypt(packet, estimated.rollover, header);
    if (payload === undefined) return undefined;
    if (known === undefined) {
      if (this.#streams.size >= maxStreams) return undefined;
      this.#streams.set(ssrc, stream);
    }
    stream.accept(estimated);
    return { ssrc, sequenceNumber, timestamp, payloadType, marker, payload };
  }

  /** The payload without padding; `undefined` where the packet is not from the owner of the key. */
  #decrypt(packet: Buffer, rollover: number, header: RtpHeader): Buffer | undefined {
    try {
      const [opened, { payloadOffset, paddingSize }] = this.#cipher.decryptRtp(packet, rollover, header);
      return opened.subarray(payloadOffset, opened.length - paddingSize);
    } catch {
      return undefined;
    }
  }
}
