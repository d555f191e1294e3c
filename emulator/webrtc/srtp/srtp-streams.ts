import {
  type ReadRtpHeader,
  type RtpHeader,
  type RtpPacket,
  readRtpHeader,
  withoutPadding,
  writeRtpHeader,
} from '../rtp-packet.ts';
import type { PacketCipher } from './packet-cipher.ts';
import { ReceiveIndex } from './receive-index.ts';

/** A client that makes up more stream numbers than this is not followed into all of them. */
const maxStreams = 64;

/** Opens the RTP packets of one client. */
export class SrtpReceiver {
  readonly #cipher: PacketCipher;
  /** By SSRC; only of streams with at least one genuine packet. */
  readonly #streams = new Map<number, ReceiveIndex>();

  constructor(cipher: PacketCipher) {
    this.#cipher = cipher;
  }

  /**
   * @returns the packet, its payload a buffer of its own; `undefined` for anything forged, repeated,
   *   malformed or too much
   */
  open(packet: Buffer): RtpPacket | undefined {
    const header = readRtpHeader(packet);
    if (header === undefined) return undefined;
    const known = this.#streams.get(header.ssrc);
    const stream = known ?? new ReceiveIndex();
    const estimated = stream.estimate(header.sequenceNumber);
    if (estimated === undefined) return undefined;
    const { ssrc, sequenceNumber } = header;
    const opened = this.#cipher.open(packet, header.headerLength, {
      ssrc,
      sequenceNumber,
      rollover: estimated.rollover,
    });
    if (opened === undefined) return undefined;
    if (known === undefined) {
      if (this.#streams.size >= maxStreams) return undefined;
      this.#streams.set(ssrc, stream);
    }
    stream.accept(estimated);
    return toPacket(header, opened);
  }
}

function toPacket(header: ReadRtpHeader, opened: Buffer): RtpPacket | undefined {
  const payload = withoutPadding(opened, header.padded);
  if (payload === undefined) return undefined;
  const { ssrc, sequenceNumber, timestamp, payloadType, marker } = header;
  return { ssrc, sequenceNumber, timestamp, payloadType, marker, payload };
}

/** Seals the RTP packets of one of our streams; their sequence numbers must go on without a gap. */
export class SrtpSender {
  readonly #cipher: PacketCipher;
  #rollover = 0;
  #previous = -1;

  constructor(cipher: PacketCipher) {
    this.#cipher = cipher;
  }

  /** @returns what goes on the wire */
  seal(header: RtpHeader, payload: Buffer): Buffer {
    const { ssrc, sequenceNumber } = header;
    if (sequenceNumber < this.#previous) this.#rollover += 1;
    this.#previous = sequenceNumber;
    return this.#cipher.seal(writeRtpHeader(header), payload, {
      ssrc,
      sequenceNumber,
      rollover: this.#rollover,
    });
  }
}
