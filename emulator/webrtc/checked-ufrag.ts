const headerBytes = 20;
const magicCookie = 0x2112a442;
const usernameType = 0x0006;
/** `ours:theirs`, up to 256 letters each (RFC 8839 §5.4). */
const maxUsernameBytes = 513;

/**
 * The user fragment of ours that an ICE check bears, the first half of its USERNAME (RFC 8445 §7.2.2, RFC 8489
 * §14.3). Reads hostile packets; says nothing of whether the check is genuine.
 */
export function checkedUfrag(datagram: Buffer): string | undefined {
  if (datagram.length < headerBytes || datagram.readUInt32BE(4) !== magicCookie) return undefined;
  const end = Math.min(datagram.length, headerBytes + datagram.readUInt16BE(2));
  for (let at = headerBytes; at + 4 <= end; ) {
    const [type, length] = [datagram.readUInt16BE(at), datagram.readUInt16BE(at + 2)];
    const valueEnd = at + 4 + length;
    if (valueEnd > end) return undefined;
    if (type === usernameType) {
      if (length > maxUsernameBytes) return undefined;
      const username = datagram.toString('latin1', at + 4, valueEnd);
      return username.slice(0, Math.max(0, username.indexOf(':'))) || undefined;
    }
    // Values are padded to whole words (RFC 8489 §14).
    at = valueEnd + ((4 - (length % 4)) % 4);
  }
  return undefined;
}
