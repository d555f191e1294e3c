/**
 * The candidates of an SDP of ours as frames of their own, for clients that wait for such: those of the first
 * section that has any, since it is the one that the bundle uses.
 */
export function candidateFrames(sdp: string): readonly object[] {
  const sections = sdp.split(/\r\n(?=m=)/).slice(1);
  const sdpMLineIndex = sections.findIndex((section) => section.includes('\r\na=candidate:'));
  const lines = sections[sdpMLineIndex]?.split('\r\n') ?? [];
  const sdpMid = afterPrefix(lines, 'a=mid:') ?? String(sdpMLineIndex);
  return lines
    .filter((line) => line.startsWith('a=candidate:'))
    .map((line) => ({
      type: 'candidate',
      candidate: { candidate: line.slice('a='.length), sdpMid, sdpMLineIndex },
    }));
}

function afterPrefix(lines: readonly string[], prefix: string): string | undefined {
  return lines.find((line) => line.startsWith(prefix))?.slice(prefix.length);
}
