import { type SdpMedia, shown } from './sdp-lines.ts';
import { InvalidSdpError } from './types.ts';

/** One RTP format of a media section: an `rtpmap` line with its `fmtp`. */
export interface SdpCodec {
  readonly payloadType: number;
  /** As written in the offer: names compare without case (RFC 8866 §6.6). */
  readonly name: string;
  readonly clockHz: number;
  readonly channels: number;
  /** `key=value` pairs of the fmtp line, keys in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The fmtp line's text after the payload type, `''` where there is none. */
  readonly fmtp: string;
}

/**
 * The codecs of a section in the order of its m-line. Formats without `rtpmap`, or with payload types that
 * collide with RTCP (RFC 5761 §4), are left out.
 *
 * @throws InvalidSdpError where an `rtpmap` line of a listed format cannot be read
 */
export function readCodecs(media: SdpMedia): SdpCodec[] {
  const maps = byPayloadType(media.attributes.get('rtpmap'));
  const fmtps = byPayloadType(media.attributes.get('fmtp'));
  const codecs: SdpCodec[] = [];
  for (const format of new Set(media.formats)) {
    const map = maps.get(format);
    if (map === undefined || !isDynamicPayloadType(format)) continue;
    const parts = /^([A-Za-z0-9_.+-]{1,32})\/([0-9]{1,9})(?:\/([0-9]{1,3}))?$/.exec(map.trim());
    if (parts === null) throw new InvalidSdpError(`cannot read the rtpmap ${shown(`${format} ${map}`)}`);
    const [, name = '', clock, channels = '1'] = parts;
    const fmtp = fmtps.get(format) ?? '';
    codecs.push({
      payloadType: Number(format),
      name,
      clockHz: Number(clock),
      channels: Number(channels),
      parameters: readParameters(fmtp),
      fmtp,
    });
  }
  return codecs;
}

/** The first Opus of a list: always 48000 Hz and two channels in SDP, whatever is sent (RFC 7587 §7). */
export function findOpus(codecs: readonly SdpCodec[]): SdpCodec | undefined {
  return codecs.find(
    ({ name, clockHz, channels }) => name.toLowerCase() === 'opus' && clockHz === 48000 && channels === 2,
  );
}

/**
 * The H.264 to take: packetization-mode 1 (RFC 6184 §6.3); constrained baseline, level 3.1 (42e01f) first, then
 * other constrained baseline, other baseline, the rest, since every decoder and every browser's encoder knows it.
 *
 * @param singleNal true: mode 0 will do where mode 1 is not offered, which is so for what we receive
 */
export function findH264(codecs: readonly SdpCodec[], singleNal = false): SdpCodec | undefined {
  const offered = codecs.filter(({ name, clockHz }) => name.toLowerCase() === 'h264' && clockHz === 90000);
  const ofMode = (mode: string) => offered.filter((codec) => packetizationMode(codec) === mode);
  const profile = (codec: SdpCodec) => codec.parameters.get('profile-level-id')?.toLowerCase() ?? '';
  const best = (usable: readonly SdpCodec[]) =>
    ['42e01f', '42e0', '42', '']
      .map((prefix) => usable.find((codec) => profile(codec).startsWith(prefix)))
      .find((codec) => codec !== undefined);
  return best(ofMode('1')) ?? (singleNal ? best(ofMode('0')) : undefined);
}

/** `0` where the fmtp line does not say (RFC 6184 §8.1). */
export function packetizationMode({ parameters }: SdpCodec): string {
  return parameters.get('packetization-mode') ?? '0';
}

function isDynamicPayloadType(format: string): boolean {
  const payloadType = Number(format);
  if (!/^[0-9]{1,3}$/.test(format) || payloadType > 127) return false;
  return payloadType < 64 || payloadType > 95;
}

function byPayloadType(values: readonly string[] = []): Map<string, string> {
  const found = new Map<string, string>();
  for (const value of values) {
    const space = value.indexOf(' ');
    if (space < 0) continue;
    const format = value.slice(0, space);
    // The first line counts: a second one for the same format is an error of the sender.
    if (!found.has(format)) found.set(format, value.slice(space + 1));
  }
  return found;
}

function readParameters(fmtp: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of fmtp.split(';')) {
    const equals = pair.indexOf('=');
    if (equals < 0) continue;
    parameters.set(pair.slice(0, equals).trim().toLowerCase(), pair.slice(equals + 1).trim());
  }
  return parameters;
}
