import { OggFormatError, type OggPageContent, readOgg, writeOgg } from './ogg.ts';

/** Opus packets out of or for an Ogg file (RFC 7845). */
export interface OggOpus {
  readonly channels: 1 | 2;
  /** Samples at 48 kHz that a player leaves out at the start: the encoder's delay. */
  readonly preSkipSamples: number;
  readonly packets: readonly OggOpusPacket[];
}

/** One Opus packet with the time it covers. */
export interface OggOpusPacket {
  readonly payload: Buffer;
  /** Duration in samples at 48 kHz. */
  readonly samplesAt48k: number;
}

const idHeader = 'OpusHead';
const commentHeader = 'OpusTags';

/** One second to a page: players seek by pages, and a page holds at most 255 segments. */
const packetsPerPage = 50;

/**
 * Reads the packets of an Ogg/Opus file of one or two channels.
 * @throws OggFormatError where it is no such file, or a packet cannot be Opus
 */
export function readOggOpus(file: Uint8Array): OggOpus {
  const [head, tags, ...audio] = readOgg(file);
  if (head === undefined || head.data.toString('latin1', 0, 8) !== idHeader || head.data.length < 19) {
    throw new OggFormatError('not an Opus file: its identification header is missing');
  }
  if (tags?.data.toString('latin1', 0, 8) !== commentHeader) {
    throw new OggFormatError('the comment header of the Opus file is missing');
  }
  const version = head.data[8]!;
  if (version >> 4 !== 0) throw new OggFormatError(`Opus file version ${version} is not known`);
  const channels = head.data[9]!;
  if (channels !== 1 && channels !== 2) throw new OggFormatError(`${channels} channels are not 1 or 2`);
  return {
    channels,
    preSkipSamples: head.data.readUInt16LE(10),
    packets: audio.map(({ data }) => ({ payload: data, samplesAt48k: packetSamples(data) })),
  };
}

/** What `writeOggOpus` puts beside the packets. */
export interface OggOpusOptions {
  readonly serial?: number;
  /** Sample rate of the original sound: information only. */
  readonly inputSampleRateHz?: number;
  /** `KEY=value` lines (RFC 7845 §5.2). */
  readonly comments?: readonly string[];
}

/** Writes an Ogg/Opus file that every player reads. */
export function writeOggOpus(sound: OggOpus, options: OggOpusOptions = {}): Buffer {
  const head = Buffer.alloc(19);
  head.write(idHeader, 0, 'latin1');
  head[8] = 1;
  head[9] = sound.channels;
  head.writeUInt16LE(sound.preSkipSamples, 10);
  head.writeUInt32LE(options.inputSampleRateHz ?? 48000, 12);

  const pages: OggPageContent[] = [
    { packets: [head], granulePosition: 0n },
    { packets: [commentPacket(options.comments ?? [])], granulePosition: 0n },
  ];
  let position = 0;
  for (let at = 0; at < sound.packets.length; at += packetsPerPage) {
    const group = sound.packets.slice(at, at + packetsPerPage);
    position += group.reduce((sum, packet) => sum + packet.samplesAt48k, 0);
    pages.push({ packets: group.map(({ payload }) => payload), granulePosition: BigInt(position) });
  }
  return writeOgg(options.serial ?? 1, pages);
}

function commentPacket(comments: readonly string[]): Buffer {
  const withLength = (text: string) => {
    const bytes = Buffer.from(text, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return [length, bytes];
  };
  const count = Buffer.alloc(4);
  count.writeUInt32LE(comments.length);
  return Buffer.concat([
    Buffer.from(commentHeader, 'latin1'),
    ...withLength('mosaic2'),
    count,
    ...comments.flatMap(withLength),
  ]);
}

/** Duration of an Opus packet by its first two bytes (RFC 6716 §3.1, §3.2). */
function packetSamples(packet: Buffer): number {
  const toc = packet[0];
  if (toc === undefined) throw new OggFormatError('an Opus packet is empty');
  const config = toc >> 3;
  const code = toc & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 0x3f;
  const samples = frames * frameSamples(config);
  if (samples === 0 || samples > 5760) throw new OggFormatError(`an Opus packet of ${samples / 48} ms`);
  return samples;
}

function frameSamples(config: number): number {
  if (config < 12) return [480, 960, 1920, 2880][config & 3]!;
  if (config < 16) return [480, 960][config & 1]!;
  return [120, 240, 480, 960][config & 3]!;
}
