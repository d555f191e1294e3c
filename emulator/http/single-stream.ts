import { readSdpSections, type SdpMedia } from '../webrtc/sdp-lines.ts';
import { InvalidSdpError } from '../webrtc/types.ts';

/**
 * Refuses an offer that sends several tracks of a kind. A published stream has one of each, and a publisher that
 * is told 201 counts on all of its tracks being taken (RFC 9725 §4.4.2 and §4.4.3).
 *
 * @throws InvalidSdpError then, and where the offer is no SDP
 */
export function requireSingleStream(offer: string): void {
  const { attributes: session, media } = readSdpSections(offer);
  const direction = directionOf(session) ?? 'sendrecv';
  for (const kind of ['audio', 'video']) {
    const sending = media.filter(
      (one) =>
        one.kind === kind && isOpen(one) && (directionOf(one.attributes) ?? direction).startsWith('send'),
    );
    if (sending.length > 1) {
      throw new InvalidSdpError(
        `the offer sends ${sending.length} tracks of ${kind}, and a published stream has one`,
      );
    }
  }
}

/** Port 0 is a refusal by the client itself, except in a bundle (RFC 9143 §6). */
function isOpen({ port, attributes }: SdpMedia): boolean {
  return port !== 0 || attributes.has('bundle-only');
}

function directionOf(attributes: SdpMedia['attributes']): string | undefined {
  return ['sendrecv', 'sendonly', 'recvonly', 'inactive'].find((direction) => attributes.has(direction));
}
