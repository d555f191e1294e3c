import { isSlice, nalsOfAnnexB, nalType, nalTypes } from './nal.ts';

/** One RTP payload of a picture. */
export interface RtpVideoPayload {
  readonly payload: Buffer;
  /** True on the last one of the picture. */
  readonly marker: boolean;
}

/** Leaves room for IP, UDP, SRTP and header extensions within 1280 bytes. */
const defaultMaxBytes = 1200;
/** FU indicator and FU header (RFC 6184 §5.8). */
const fuHeaderBytes = 2;

/**
 * Cuts a picture into RTP payloads, packetization mode 1 (RFC 6184 §6.3): what stands before the slices goes
 * together into a STAP-A, small slices go as they are, large NAL units as FU-A.
 * @param accessUnit Annex B
 * @param maxBytes the longest payload, at least 64
 * @returns the payloads in order; none for an empty picture
 * @throws RangeError for a `maxBytes` in which nothing fits
 */
export function packetizeH264(accessUnit: Uint8Array, maxBytes = defaultMaxBytes): RtpVideoPayload[] {
  if (!(maxBytes >= 64)) throw new RangeError(`packetizeH264: ${maxBytes} bytes are too few for a payload`);
  const payloads: Buffer[] = [];
  let parameters: Buffer[] = [];
  const flush = () => {
    payloads.push(...aggregate(parameters, maxBytes));
    parameters = [];
  };
  for (const nal of nalsOfAnnexB(accessUnit)) {
    if (nalType(nal) === nalTypes.filler) continue;
    if (!isSlice(nalType(nal)) && nal.length <= maxBytes) {
      parameters.push(nal);
      continue;
    }
    flush();
    payloads.push(...(nal.length <= maxBytes ? [nal] : fragment(nal, maxBytes)));
  }
  flush();
  return payloads.map((payload, i) => ({ payload, marker: i === payloads.length - 1 }));
}

/** STAP-A (RFC 6184 §5.7.1): as many NAL units in one payload as go in. */
function aggregate(nals: readonly Buffer[], maxBytes: number): Buffer[] {
  const groups: Buffer[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const nal of nals) {
    bytes += 2 + nal.length;
    if (bytes > maxBytes) {
      groups.push([]);
      bytes = 1 + 2 + nal.length;
    }
    groups.at(-1)!.push(nal);
  }
  return groups.map((group) => (group.length === 1 ? group[0]! : stapA(group)));
}

function stapA(nals: readonly Buffer[]): Buffer {
  // NRI is the highest of those inside (RFC 6184 §5.7).
  const importance = Math.max(...nals.map((nal) => nal[0]! & 0x60));
  const parts = nals.flatMap((nal) => [Buffer.of(nal.length >> 8, nal.length & 0xff), nal]);
  return Buffer.concat([Buffer.of(importance | nalTypes.stapA), ...parts]);
}

/** FU-A (RFC 6184 §5.8), in pieces of nearly the same length. */
function fragment(nal: Buffer, maxBytes: number): Buffer[] {
  const body = nal.subarray(1);
  const count = Math.ceil(body.length / (maxBytes - fuHeaderBytes));
  const indicator = (nal[0]! & 0x60) | nalTypes.fuA;
  return Array.from({ length: count }, (_, i) => {
    const part = body.subarray(
      Math.floor((body.length * i) / count),
      Math.floor((body.length * (i + 1)) / count),
    );
    const start = i === 0 ? 0x80 : 0;
    const end = i === count - 1 ? 0x40 : 0;
    return Buffer.concat([Buffer.of(indicator, start | end | nalType(nal)), part]);
  });
}
