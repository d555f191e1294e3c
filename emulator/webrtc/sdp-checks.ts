import { readCodecs, type SdpCodec } from './sdp-codecs.ts';
import { readSdpSections, type SdpMedia, type SdpRole, type SdpSections, shown } from './sdp-lines.ts';
import { InvalidSdpError } from './types.ts';

/** Direction of a section, as its sender sees it. */
export type SdpDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** One certificate hash (RFC 8122 §5). */
export interface Fingerprint {
  /** Name for `crypto.createHash`: `sha256`. */
  readonly hash: string;
  /** Lower-case hex without colons. */
  readonly hex: string;
}

/** What ICE and DTLS need to know of the client. */
export interface OfferTransport {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly fingerprints: readonly Fingerprint[];
  /** The client's DTLS role in `a=setup` (RFC 8842 §5). */
  readonly setup: 'actpass' | 'active' | 'passive';
}

/** One media section of an offer. */
export interface OfferMedia {
  readonly kind: string;
  readonly mid: string | undefined;
  readonly protocol: string;
  readonly formats: readonly string[];
  /** False: the client itself refused it with port 0, or it speaks no secured RTP with rtcp-mux. */
  readonly usable: boolean;
  readonly direction: SdpDirection;
  readonly codecs: readonly SdpCodec[];
  /** The values of `rtcp-fb`, `111 transport-cc`. */
  readonly feedback: readonly string[];
  /** The section's own transport, or the session's; missing where neither is complete. */
  readonly transport: OfferTransport | undefined;
}

/** A client's offer that was read and checked; its answer to an offer of ours has the same form. */
export interface Offer {
  readonly role: SdpRole;
  readonly media: readonly OfferMedia[];
  /** The mids of the BUNDLE group (RFC 9143), or `undefined` without one. */
  readonly bundle: readonly string[] | undefined;
}

/**
 * Reads an offer and checks all that the session relies on, so that nothing further inside has to mistrust it.
 *
 * @throws InvalidSdpError with a sentence for the client
 */
export function readOffer(sdp: string): Offer {
  return readDescription(sdp, 'offer');
}

/**
 * Reads the answer to an offer of ours, with the same checks.
 *
 * @throws InvalidSdpError with a sentence for the client
 */
export function readAnswer(sdp: string): Offer {
  return readDescription(sdp, 'answer');
}

function readDescription(sdp: string, role: SdpRole): Offer {
  const sections = readSdpSections(sdp, role);
  if (sections.media.length === 0) throw new InvalidSdpError(`the ${role} has no m-line`);
  if (
    sections.attributes.has('ice-lite') ||
    sections.media.some((media) => media.attributes.has('ice-lite'))
  ) {
    throw new InvalidSdpError(
      `the ${role} comes from an ICE-lite agent, and this server is one: no side would check`,
    );
  }
  const media = sections.media.map((section) => readMedia(section, sections, role));
  const mids = media.map(({ mid }) => mid).filter((mid) => mid !== undefined);
  const twice = mids.find((mid, index) => mids.indexOf(mid) !== index);
  if (twice !== undefined)
    throw new InvalidSdpError(`two m-lines of the ${role} have the mid ${shown(twice)}`);
  return { role, media, bundle: readBundle(sections, mids) };
}

/**
 * The transport that a section's packets use: for a bundled section that of the first section of the group
 * that has one (RFC 9143 §7.2), else its own.
 *
 * @throws InvalidSdpError where ICE credentials, a fingerprint or the DTLS role are missing
 */
export function transportOf(offer: Offer, media: OfferMedia): OfferTransport {
  const grouped = offer.bundle?.flatMap((mid) => offer.media.filter((other) => other.mid === mid)) ?? [];
  const candidates =
    media.mid !== undefined && offer.bundle?.includes(media.mid) ? [...grouped, media] : [media];
  const transport = candidates.find((candidate) => candidate.transport !== undefined)?.transport;
  if (transport !== undefined) return transport;
  throw new InvalidSdpError(
    `the ${offer.role} lacks what a secured connection needs: a=ice-ufrag, a=ice-pwd, a=fingerprint and a=setup`,
  );
}

/** An ICE user fragment as it stands in SDP (RFC 8839 §5.4), with the letters that some agents add. */
export const iceUfragPattern = /^[A-Za-z0-9+/=_-]{4,256}$/;

/** An ICE password as it stands in SDP (RFC 8839 §5.4), with the letters that some agents add. */
export const icePwdPattern = /^[A-Za-z0-9+/=_-]{22,256}$/;

/** A media id: a token (RFC 5888 §4). */
export const midPattern = /^[\x21-\x7e]{1,128}$/;

function readMedia(media: SdpMedia, { attributes: session }: SdpSections, role: SdpRole): OfferMedia {
  const { attributes } = media;
  const mid = attributes.get('mid')?.[0];
  if (mid !== undefined && !midPattern.test(mid))
    throw new InvalidSdpError(`cannot use the mid ${shown(mid)}`);
  const isRtp = /^(UDP\/TLS\/)?RTP\/SAVPF?$/.test(media.protocol);
  // Port 0 is a refusal, except for a section that lives in the bundle alone (RFC 9143 §6).
  const open = media.port !== 0 || attributes.has('bundle-only');
  return {
    kind: media.kind,
    mid,
    protocol: media.protocol,
    formats: media.formats,
    usable: isRtp && open && (attributes.has('rtcp-mux') || attributes.has('rtcp-mux-only')),
    direction: readDirection(attributes) ?? readDirection(session) ?? 'sendrecv',
    codecs: isRtp ? readCodecs(media) : [],
    feedback: attributes.get('rtcp-fb') ?? [],
    transport: readTransport(media.attributes, session, role),
  };
}

function readDirection(attributes: SdpMedia['attributes']): SdpDirection | undefined {
  const directions = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;
  return directions.find((direction) => attributes.has(direction));
}

function readTransport(
  media: SdpMedia['attributes'],
  session: SdpMedia['attributes'],
  role: SdpRole,
): OfferTransport | undefined {
  const values = (name: string) => media.get(name) ?? session.get(name) ?? [];
  const [iceUfrag] = values('ice-ufrag');
  const [icePwd] = values('ice-pwd');
  const [setup] = values('setup');
  const fingerprints = values('fingerprint').map(readFingerprint);
  if (iceUfrag === undefined || icePwd === undefined || setup === undefined || fingerprints.length === 0) {
    return undefined;
  }
  if (!iceUfragPattern.test(iceUfrag))
    throw new InvalidSdpError(`cannot use the ice-ufrag ${shown(iceUfrag)}`);
  if (!icePwdPattern.test(icePwd))
    throw new InvalidSdpError('cannot use the ice-pwd: it needs 22 to 256 letters');
  const setups = role === 'offer' ? offeredSetups : answeredSetups;
  if (!isOneOf(setups, setup)) {
    throw new InvalidSdpError(
      role === 'offer'
        ? `a=setup must be actpass in an offer, not ${shown(setup)}`
        : `a=setup must be active or passive in an answer, not ${shown(setup)}`,
    );
  }
  return { iceUfrag, icePwd, setup, fingerprints };
}

/** Offers should leave the choice to us; those that do not are taken, too. */
const offeredSetups = ['actpass', 'active', 'passive'] as const;

/** An answer makes the choice (RFC 8842 §5.3). */
const answeredSetups = ['active', 'passive'] as const;

function isOneOf<T extends string>(words: readonly T[], word: string): word is T {
  return (words as readonly string[]).includes(word);
}

const digestBytes: Readonly<Record<string, number>> = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

function readFingerprint(value: string): Fingerprint {
  const [algorithm = '', digest = ''] = value.trim().split(/ +/);
  const hash = algorithm.toLowerCase().replace('-', '');
  const hex = digest.replaceAll(':', '').toLowerCase();
  const bytes = Object.hasOwn(digestBytes, hash) ? digestBytes[hash] : undefined;
  if (bytes === undefined)
    throw new InvalidSdpError(`a=fingerprint uses an unknown hash ${shown(algorithm)}`);
  if (hex.length !== bytes * 2 || !/^[0-9a-f]+$/.test(hex)) {
    throw new InvalidSdpError(`cannot read the ${algorithm} fingerprint ${shown(digest)}`);
  }
  return { hash, hex };
}

function readBundle({ attributes }: SdpSections, mids: readonly string[]): string[] | undefined {
  const group = attributes.get('group')?.find((value) => /^BUNDLE( |$)/.test(value));
  if (group === undefined) return undefined;
  const bundle = [...new Set(group.split(' ').slice(1))].filter((mid) => mid !== '');
  const unknown = bundle.find((mid) => !mids.includes(mid));
  if (unknown !== undefined) {
    throw new InvalidSdpError(`the BUNDLE group names the mid ${shown(unknown)}, and no m-line has it`);
  }
  return bundle;
}
