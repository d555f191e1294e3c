import { InvalidSdpError } from './types.ts';

/** Offers and fragments longer than this are refused unread; Chromium's are about 10 kB. */
export const maxSdpBytes = 256 * 1024;

/** More m-lines than this are refused: a publisher needs two. */
export const maxMediaLines = 32;

/** The `a=` lines of one section: name to its values in order; flags such as `rtcp-mux` have the value `''`. */
export type SdpAttributes = ReadonlyMap<string, readonly string[]>;

/** One media section (RFC 8866 §5.14). */
export interface SdpMedia {
  /** `audio`, `video`, `application`, … */
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  /** Payload types for RTP, other words for other protocols. */
  readonly formats: readonly string[];
  readonly attributes: SdpAttributes;
}

/** A session description cut into its sections, with nothing understood yet. */
export interface SdpSections {
  readonly attributes: SdpAttributes;
  readonly media: readonly SdpMedia[];
}

/** How a client's SDP text is named in messages: by what it is in the exchange of offer and answer. */
export type SdpRole = 'offer' | 'answer';

/**
 * Cuts an SDP text into its sections (RFC 8866 §5). Line ends may be CRLF or LF. Not with werift's parser, which
 * takes any text for SDP, lets control characters through and has no sentence for what it cannot read.
 *
 * @throws InvalidSdpError where it is no SDP, is too long or has too many m-lines
 */
export function readSdpSections(sdp: string, role: SdpRole = 'offer'): SdpSections {
  const lines = sdpLines(sdp, role);
  if (lines[0] !== 'v=0') {
    throw new InvalidSdpError(`the ${role} is not SDP: its first line must be "v=0"`);
  }
  const session = new Map<string, string[]>();
  const media: SdpMedia[] = [];
  let attributes = session;
  for (const line of lines) {
    if (line.startsWith('m=')) {
      attributes = new Map();
      media.push(readMediaLine(line, attributes));
      if (media.length > maxMediaLines) {
        throw new InvalidSdpError(`the ${role} has more than ${maxMediaLines} m-lines`);
      }
    } else if (line.startsWith('a=')) {
      addAttribute(attributes, line);
    }
  }
  return { attributes: session, media };
}

/**
 * The lines of an SDP text or fragment, without empty ones.
 *
 * @param what how to name the text in messages: `offer`, `fragment`
 * @throws InvalidSdpError where a line is not `x=…`, and for control characters, which would let one
 *   value of the text become two lines of the answer
 */
export function sdpLines(text: string, what: string): string[] {
  if (new TextEncoder().encode(text).length > maxSdpBytes) {
    throw new InvalidSdpError(`the ${what} is longer than ${maxSdpBytes / 1024} kB`);
  }
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  if (lines.length === 0) throw new InvalidSdpError(`the ${what} is empty`);
  for (const line of lines) {
    if (!/^[a-z]=/.test(line) || hasControlCharacter(line)) {
      throw new InvalidSdpError(`the ${what} is not SDP: cannot read the line ${shown(line)}`);
    }
  }
  return lines;
}

/** Adds an `a=` line to a section. */
export function addAttribute(attributes: Map<string, string[]>, line: string): void {
  const colon = line.indexOf(':');
  const name = colon < 0 ? line.slice(2) : line.slice(2, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1);
  const values = attributes.get(name);
  if (values === undefined) attributes.set(name, [value]);
  else values.push(value);
}

/** A piece of a client's text, short and quoted, for a message. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function readMediaLine(line: string, attributes: SdpAttributes): SdpMedia {
  const parts = /^m=([A-Za-z]{1,16}) ([0-9]{1,5})(?:\/[0-9]{1,5})? ([A-Z/]{1,32}) (\S+(?: \S+)*) ?$/.exec(
    line,
  );
  const port = Number(parts?.[2]);
  if (parts === null || port > 65535) throw new InvalidSdpError(`cannot read the m-line ${shown(line)}`);
  const [, kind = '', , protocol = '', formats = ''] = parts;
  return { kind, port, protocol, formats: formats.split(' '), attributes };
}

function hasControlCharacter(line: string): boolean {
  for (let i = 0; i < line.length; i += 1) {
    const code = line.charCodeAt(i);
    if (code < 32 || code === 127) return true;
  }
  return false;
}
