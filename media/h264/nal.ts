/** Types of NAL units that matter here (H.264 table 7-1, RFC 6184 §5.2). */
export const nalTypes = {
  slice: 1,
  idrSlice: 5,
  sei: 6,
  sps: 7,
  pps: 8,
  accessUnitDelimiter: 9,
  filler: 12,
  stapA: 24,
  fuA: 28,
} as const;

const startCode = Buffer.from([0, 0, 0, 1]);

/** @returns the type in a NAL unit's first byte; 0 (unspecified) for an empty one */
export function nalType(nal: Uint8Array): number {
  return (nal[0] ?? 0) & 0x1f;
}

/** True for NAL units that hold a part of the picture itself. */
export function isSlice(type: number): boolean {
  return type >= nalTypes.slice && type <= nalTypes.idrSlice;
}

/** Writes NAL units one behind the other with start codes of four bytes (H.264 Annex B). */
export function joinAnnexB(nals: readonly Uint8Array[]): Buffer {
  const bytes = nals.reduce((sum, nal) => sum + startCode.length + nal.length, 0);
  const joined = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const nal of nals) {
    joined.set(startCode, at);
    joined.set(nal, at + startCode.length);
    at += startCode.length + nal.length;
  }
  return joined;
}

/**
 * The NAL units of a byte stream (H.264 Annex B), as views of it. Takes start codes of three and of four
 * bytes; empty units and zeros between units are left out; what stands before the first start code too.
 */
export function* nalsOfAnnexB(stream: Uint8Array): Generator<Buffer> {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  let start = afterStartCode(bytes, 0);
  while (start !== undefined) {
    const next = afterStartCode(bytes, start);
    let end = next === undefined ? bytes.length : next - 3;
    while (end > start && bytes[end - 1] === 0) end -= 1;
    if (end > start) yield bytes.subarray(start, end);
    start = next;
  }
}

/** First bytes of the NAL units of a byte stream, in order; cheaper than the units where a few are wanted. */
export function* nalHeadersOfAnnexB(
  stream: Buffer,
): Generator<{ readonly at: number; readonly type: number }> {
  let at = afterStartCode(stream, 0);
  while (at !== undefined && at < stream.length) {
    yield { at, type: stream[at]! & 0x1f };
    at = afterStartCode(stream, at);
  }
}

const shortStartCode = startCode.subarray(1);

function afterStartCode(bytes: Buffer, from: number): number | undefined {
  const at = bytes.indexOf(shortStartCode, from);
  return at === -1 ? undefined : at + shortStartCode.length;
}
