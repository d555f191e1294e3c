import { candidateLines, type LocalIce } from './answer.ts';
import { icePwdPattern, iceUfragPattern, midPattern } from './sdp-checks.ts';
import { addAttribute, maxMediaLines, sdpLines, shown } from './sdp-lines.ts';
import { InvalidSdpError } from './types.ts';

/** A trickle fragment that was read and checked (RFC 8840 §9, RFC 9725 §4.3). */
export interface TrickleFragment {
  /** The ICE session it belongs to, or the new one; missing where the fragment does not say. */
  readonly ufrag: string | undefined;
  /** Present with a new `ufrag`: the client restarts ICE. */
  readonly pwd: string | undefined;
  readonly mids: readonly string[];
  /** How many usable candidates it holds. Their addresses do not matter to an ICE-lite agent. */
  readonly candidates: number;
  readonly endOfCandidates: boolean;
}

/**
 * Reads the body of a trickle PATCH. Candidates are checked and not kept: an ICE-lite agent never sends
 * checks, it learns the client's addresses from the client's own (RFC 8445 §2.5).
 *
 * @throws InvalidSdpError where it cannot be read
 */
export function readTrickleFragment(text: string): TrickleFragment {
  const attributes = new Map<string, string[]>();
  let mediaLines = 0;
  for (const line of sdpLines(text, 'fragment')) {
    if (line.startsWith('a=')) addAttribute(attributes, line);
    else if (line.startsWith('m=')) mediaLines += 1;
  }
  if (mediaLines > maxMediaLines)
    throw new InvalidSdpError(`the fragment has more than ${maxMediaLines} m-lines`);
  const [ufrag, ...otherUfrags] = new Set(attributes.get('ice-ufrag'));
  const [pwd] = new Set(attributes.get('ice-pwd'));
  if (otherUfrags.length > 0) {
    throw new InvalidSdpError('the fragment names several ice-ufrags, and a bundled session has one');
  }
  if (ufrag !== undefined && !iceUfragPattern.test(ufrag)) {
    throw new InvalidSdpError(`cannot use the ice-ufrag ${shown(ufrag)}`);
  }
  if (pwd !== undefined && !icePwdPattern.test(pwd)) {
    throw new InvalidSdpError('cannot use the ice-pwd: it needs 22 to 256 letters');
  }
  const mids = attributes.get('mid') ?? [];
  const badMid = mids.find((mid) => !midPattern.test(mid));
  if (badMid !== undefined) throw new InvalidSdpError(`cannot use the mid ${shown(badMid)}`);
  const candidates = (attributes.get('candidate') ?? []).filter((candidate) =>
    isCandidateOf(candidate, ufrag),
  );
  return {
    ufrag,
    pwd,
    mids: [...new Set(mids)],
    candidates: candidates.length,
    endOfCandidates: attributes.has('end-of-candidates'),
  };
}

/** The section that an ICE session's fragments are about: the one whose transport the bundle uses. */
export interface FragmentSection {
  readonly kind: string;
  readonly mid: string | undefined;
  /** The mids of the answer's BUNDLE group, where it has one. */
  readonly bundle: readonly string[] | undefined;
}

/** The fragment that answers an ICE restart: our new credentials and the same candidates (RFC 9725 §4.3.3). */
export function writeRestartFragment(ice: LocalIce, { kind, mid, bundle }: FragmentSection): string {
  const lines = ['a=ice-lite', 'a=ice-options:trickle ice2'];
  if (bundle !== undefined) lines.push(`a=group:BUNDLE ${bundle.join(' ')}`);
  lines.push(`m=${kind} 9 UDP/TLS/RTP/SAVPF 0`);
  if (mid !== undefined) lines.push(`a=mid:${mid}`);
  lines.push(`a=ice-ufrag:${ice.ufrag}`, `a=ice-pwd:${ice.pwd}`, ...candidateLines(ice.candidates));
  return `${lines.join('\r\n')}\r\n`;
}

/** RFC 8839 §5.1; a `ufrag` extension that names another ICE session makes the candidate a stray. */
function isCandidateOf(candidate: string, ufrag: string | undefined): boolean {
  const parts = /^\S{1,64} [0-9]{1,3} \S{1,8} [0-9]{1,10} \S{1,255} [0-9]{1,5} typ [a-z]+( .*)?$/i.exec(
    candidate,
  );
  if (parts === null) throw new InvalidSdpError(`cannot read the candidate ${shown(candidate)}`);
  const named = / ufrag (\S+)/.exec(parts[1] ?? '')?.[1];
  return named === undefined || ufrag === undefined || named === ufrag;
}
