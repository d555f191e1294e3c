/** A file that is no Ogg, or whose pages are damaged. */
export class OggFormatError extends Error {
  override readonly name = 'OggFormatError';
}

/** One page of an Ogg stream (RFC 3533 §6). */
interface OggPage {
  readonly serial: number;
  readonly sequence: number;
  readonly isContinued: boolean;
  readonly isLast: boolean;
  readonly granulePosition: bigint;
  /** Lacing values: lengths of the segments; one below 255 ends a packet. */
  readonly lacing: Uint8Array;
  readonly body: Buffer;
  /** Where the next page begins. */
  readonly end: number;
}

/** One packet of a logical stream. */
export interface OggPacket {
  readonly data: Buffer;
  /** Granule position of the page the packet ends on. */
  readonly granulePosition: bigint;
}

const headerBytes = 27;
const flags = { continued: 1, first: 2, last: 4 };

/** A packet never needs more: far above any Opus packet or comment header that makes sense. */
const maxPacketBytes = 1 << 20;

/**
 * Takes the packets of the first logical stream out of an Ogg file. Pages of other streams are passed over.
 *
 * @throws OggFormatError for what is not Ogg, a wrong checksum, a missing page, or a packet above 1 MB
 */
export function readOgg(file: Uint8Array): OggPacket[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const packets: OggPacket[] = [];
  let serial: number | undefined;
  let nextSequence = 0;
  let pieces: Buffer[] = [];
  let pendingBytes = 0;

  for (let at = 0; at < bytes.length; ) {
    const page = readPage(bytes, at);
    at = page.end;
    serial ??= page.serial;
    if (page.serial !== serial) continue;
    if (page.sequence !== nextSequence) {
      throw new OggFormatError(`page ${nextSequence} is missing: page ${page.sequence} follows`);
    }
    nextSequence = (nextSequence + 1) >>> 0;
    if (page.isContinued !== pieces.length > 0) {
      throw new OggFormatError(`page ${page.sequence} does not go on where the one before it ended`);
    }

    let from = 0;
    for (const length of page.lacing) {
      pieces.push(page.body.subarray(from, from + length));
      pendingBytes += length;
      from += length;
      if (pendingBytes > maxPacketBytes) throw new OggFormatError(`a packet above ${maxPacketBytes} bytes`);
      if (length === 255) continue;
      packets.push({ data: Buffer.concat(pieces), granulePosition: page.granulePosition });
      pieces = [];
      pendingBytes = 0;
    }
    if (page.isLast) break;
  }
  if (pieces.length > 0) throw new OggFormatError('the last packet is cut off');
  return packets;
}

function readPage(bytes: Buffer, at: number): OggPage {
  if (bytes.length - at < headerBytes) throw new OggFormatError(`the page at byte ${at} is cut off`);
  if (bytes.toString('latin1', at, at + 4) !== 'OggS') throw new OggFormatError(`no Ogg page at byte ${at}`);
  const version = bytes[at + 4]!;
  if (version !== 0) throw new OggFormatError(`Ogg version ${version} is not known`);

  const bodyAt = at + headerBytes + bytes[at + 26]!;
  const lacing = bytes.subarray(at + headerBytes, bodyAt);
  const end = bodyAt + lacing.reduce((sum, length) => sum + length, 0);
  if (end > bytes.length) throw new OggFormatError(`the page at byte ${at} is cut off`);

  const sequence = bytes.readUInt32LE(at + 18);
  if (pageChecksum(bytes.subarray(at, end)) !== bytes.readUInt32LE(at + 22)) {
    throw new OggFormatError(`page ${sequence} is damaged: its checksum is wrong`);
  }
  const type = bytes[at + 5]!;
  return {
    serial: bytes.readUInt32LE(at + 14),
    sequence,
    isContinued: (type & flags.continued) !== 0,
    isLast: (type & flags.last) !== 0,
    granulePosition: bytes.readBigInt64LE(at + 6),
    lacing,
    body: bytes.subarray(bodyAt, end),
    end,
  };
}

/** What one page of a new file is to hold: whole packets only. */
export interface OggPageContent {
  readonly packets: readonly Uint8Array[];
  readonly granulePosition: bigint;
}

/**
 * Writes one logical stream. Packets are never split over pages.
 * @throws RangeError where the packets of a page need more than its 255 segments
 */
export function writeOgg(serial: number, pages: readonly OggPageContent[]): Buffer {
  return Buffer.concat(
    pages.map((page, sequence) => {
      const lacing = page.packets.flatMap((packet) => [
        ...new Array<number>(Math.floor(packet.length / 255)).fill(255),
        packet.length % 255,
      ]);
      if (lacing.length > 255)
        throw new RangeError(`writeOgg: ${lacing.length} segments on page ${sequence}`);
      const isFirst = sequence === 0;
      const isLast = sequence === pages.length - 1;
      const header = Buffer.alloc(headerBytes);
      header.write('OggS', 0, 'latin1');
      header[5] = (isFirst ? flags.first : 0) | (isLast ? flags.last : 0);
      header.writeBigInt64LE(page.granulePosition, 6);
      header.writeUInt32LE(serial, 14);
      header.writeUInt32LE(sequence, 18);
      header[26] = lacing.length;
      const bytes = Buffer.concat([header, Buffer.from(lacing), ...page.packets]);
      bytes.writeUInt32LE(pageChecksum(bytes), 22);
      return bytes;
    }),
  );
}

/** CRC table of the polynomial 0x04c11db7, most significant bit first. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

/** Checksum of a page with its checksum field taken as zero (RFC 3533 §6, field 7). */
function pageChecksum(page: Uint8Array): number {
  let crc = 0;
  for (let i = 0; i < page.length; i++) {
    const byte = i >= 22 && i < 26 ? 0 : page[i]!;
    crc = ((crc << 8) ^ crcTable[((crc >>> 24) ^ byte) & 0xff]!) >>> 0;
  }
  return crc;
}
