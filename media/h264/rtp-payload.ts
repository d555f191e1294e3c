import { nalTypes } from './nal.ts';

/** What one RTP payload holds (RFC 6184 §5.2). */
export type H264Payload =
  | { readonly kind: 'nals'; readonly nals: readonly Buffer[] }
  | {
      readonly kind: 'fragment';
      /** First byte of the NAL unit that this is a piece of. */
      readonly header: number;
      readonly start: boolean;
      readonly end: boolean;
      readonly data: Buffer;
    }
  | { readonly kind: 'malformed'; readonly reason: string };

/**
 * Reads one payload of packetization mode 1: a single NAL unit, a STAP-A or an FU-A. Never throws; the parts
 * are views of the payload.
 */
export function readH264Payload(payload: Buffer): H264Payload {
  const first = payload[0];
  if (first === undefined) return { kind: 'nals', nals: [] };
  if (first >= 0x80) return malformed('the forbidden bit is set');
  const type = first & 0x1f;
  if (type >= 1 && type <= 23) return { kind: 'nals', nals: [payload] };
  if (type === nalTypes.stapA) return readStapA(payload);
  if (type === nalTypes.fuA) return readFuA(payload);
  return malformed(`payload type ${type} is not used in packetization mode 1`);
}

/** RFC 6184 §5.7.1. */
function readStapA(payload: Buffer): H264Payload {
  const nals: Buffer[] = [];
  let at = 1;
  while (at < payload.length) {
    if (at + 2 > payload.length) return malformed('a STAP-A ends within a length');
    const length = payload.readUInt16BE(at);
    const nal = payload.subarray(at + 2, at + 2 + length);
    if (length === 0 || nal.length < length) return malformed(`a STAP-A has a NAL unit of ${length} bytes`);
    if (!isSingleNal(nal[0]!)) return malformed(`a STAP-A has a NAL unit of type ${nal[0]! & 0x1f}`);
    nals.push(nal);
    at += 2 + length;
  }
  return nals.length === 0 ? malformed('a STAP-A is empty') : { kind: 'nals', nals };
}

/** RFC 6184 §5.8. */
function readFuA(payload: Buffer): H264Payload {
  if (payload.length < 3) return malformed(`an FU-A has only ${payload.length} bytes`);
  const [indicator, fuHeader] = [payload[0]!, payload[1]!];
  const header = (indicator & 0x60) | (fuHeader & 0x1f);
  if (!isSingleNal(header)) return malformed(`an FU-A is a piece of NAL unit type ${fuHeader & 0x1f}`);
  const [start, end] = [(fuHeader & 0x80) !== 0, (fuHeader & 0x40) !== 0];
  return { kind: 'fragment', header, start, end, data: payload.subarray(2) };
}

function isSingleNal(header: number): boolean {
  const type = header & 0x1f;
  return header < 0x80 && type >= 1 && type <= 23;
}

function malformed(reason: string): H264Payload {
  return { kind: 'malformed', reason };
}
