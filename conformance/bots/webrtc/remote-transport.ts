import { valuesOf } from './sdp-sections.ts';

/** How a server is reached: what its offer or its answer says of the transport. */
export interface RemoteTransport {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly iceLite: boolean;
  /** `a=candidate` values without the attribute's name, in order. */
  readonly candidates: readonly string[];
  readonly fingerprints: readonly { readonly algorithm: string; readonly value: string }[];
  /** The server's DTLS role. */
  readonly setup: 'active' | 'passive';
}

/**
 * Reads what an SDP says of its one transport.
 * @param what `offer` or `answer`, for the message
 * @param lines of the m-lines that share it, in order, and last those of the session
 * @returns `setup` as it stands there
 * @throws Error saying what is missing
 */
export function readTransport(
  what: string,
  lines: readonly string[],
): Omit<RemoteTransport, 'setup'> & { readonly setup: string | undefined } {
  const [iceUfrag] = valuesOf(lines, 'ice-ufrag');
  const [icePwd] = valuesOf(lines, 'ice-pwd');
  if (!iceUfrag || !icePwd) throw new Error(`the ${what} has no ICE credentials`);
  const fingerprints = [...new Set(valuesOf(lines, 'fingerprint'))].map((text) => {
    const [algorithm = '', value = ''] = text.split(' ');
    return { algorithm, value };
  });
  if (fingerprints.length === 0) throw new Error(`the ${what} has no fingerprint`);
  return {
    iceUfrag,
    icePwd,
    fingerprints,
    setup: valuesOf(lines, 'setup')[0],
    iceLite: lines.includes('a=ice-lite'),
    candidates: [...new Set(valuesOf(lines, 'candidate'))],
  };
}
