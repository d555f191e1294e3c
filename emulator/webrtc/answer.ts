import { isIPv6 } from 'node:net';
import { type AnswerPlan, type PlannedLine, takesFeedback } from './answer-plan.ts';
import { packetizationMode } from './sdp-codecs.ts';

/** An address and port that the session listens on. */
export interface HostCandidate {
  readonly address: string;
  readonly port: number;
}

/** Our half of ICE. */
export interface LocalIce {
  readonly ufrag: string;
  readonly pwd: string;
  /** The most wanted first. */
  readonly candidates: readonly HostCandidate[];
}

/** What goes into the answer beside the plan. */
export interface LocalDescription {
  /** `o=` line's number: digits. */
  readonly sessionId: string;
  readonly ice: LocalIce;
  /** SHA-256 of our certificate, `AB:CD:…`. */
  readonly fingerprint: string;
  /** `actpass` in an offer of ours (RFC 8842 §5.2). */
  readonly setup: 'actpass' | 'active' | 'passive';
  /** Who sends, where we send: one stream for audio and video, which the official player insists on. */
  readonly sender?: {
    readonly cname: string;
    readonly streamId: string;
    readonly audioSsrc: number;
    readonly videoSsrc: number;
  };
}

/**
 * Writes the SDP answer (RFC 3264 §6, RFC 8829 §5.3.1), or an offer in the same form, with all candidates in
 * every section that is not rejected, so that it does not matter which one a client takes as the bundle's.
 */
export function writeAnswer(plan: Pick<AnswerPlan, 'lines' | 'bundle'>, local: LocalDescription): string {
  const lines = ['v=0', `o=- ${local.sessionId} 1 IN IP4 127.0.0.1`, 's=-', 't=0 0', 'a=ice-lite'];
  if (plan.bundle !== undefined) lines.push(`a=group:BUNDLE ${plan.bundle.join(' ')}`);
  if (local.sender !== undefined) lines.push(`a=msid-semantic: WMS ${local.sender.streamId}`);
  for (const line of plan.lines) lines.push(...sectionLines(line, local));
  return `${lines.join('\r\n')}\r\n`;
}

/**
 * `a=` lines of our candidates (RFC 8839 §5.1), one component, host only: an ICE-lite agent has no others.
 */
export function candidateLines(candidates: readonly HostCandidate[]): string[] {
  const lines = candidates.map(({ address, port }, index) => {
    // RFC 8445 §5.1.2.1: type preference 126 for host, local preference by our order, component 1.
    const priority = 126 * 2 ** 24 + (65535 - index) * 2 ** 8 + 255;
    return `a=candidate:${index + 1} 1 udp ${priority} ${address} ${port} typ host`;
  });
  return [...lines, 'a=end-of-candidates'];
}

function sectionLines({ media, direction, codec }: PlannedLine, local: LocalDescription): string[] {
  const rejected = direction === 'rejected';
  const formats = codec === undefined || rejected ? media.formats.join(' ') : codec.payloadType;
  const [first] = local.ice.candidates;
  const port = rejected ? 0 : (first?.port ?? 9);
  const lines = [
    `m=${media.kind} ${port} ${media.protocol} ${formats}`,
    rejected || first === undefined ? 'c=IN IP4 0.0.0.0' : connectionLine(first.address),
  ];
  if (media.mid !== undefined) lines.push(`a=mid:${media.mid}`);
  if (rejected) return [...lines, 'a=inactive'];

  lines.push(`a=${direction}`, 'a=rtcp-mux');
  lines.push(`a=ice-ufrag:${local.ice.ufrag}`, `a=ice-pwd:${local.ice.pwd}`, 'a=ice-options:trickle ice2');
  lines.push(`a=fingerprint:sha-256 ${local.fingerprint}`, `a=setup:${local.setup}`);
  lines.push(...codecLines({ media, direction, codec }));
  if (direction === 'sendonly' && local.sender !== undefined) {
    const { cname, streamId, audioSsrc, videoSsrc } = local.sender;
    const trackId = `${media.kind}-${streamId}`;
    lines.push(`a=msid:${streamId} ${trackId}`);
    lines.push(`a=ssrc:${media.kind === 'audio' ? audioSsrc : videoSsrc} cname:${cname}`);
  }
  return [...lines, ...candidateLines(local.ice.candidates)];
}

function codecLines(line: PlannedLine): string[] {
  const { direction, codec } = line;
  if (codec === undefined) return [];
  const channels = codec.channels > 1 ? `/${codec.channels}` : '';
  const lines = [`a=rtpmap:${codec.payloadType} ${codec.name}/${codec.clockHz}${channels}`];
  if (codec.name.toLowerCase() === 'opus') {
    // No useinbandfec: nobody reads it here, and after a loss it would take its share of the bit rate (RFC 7587 §6.1).
    lines.push(`a=fmtp:${codec.payloadType} minptime=10`);
  } else if (codec.name.toLowerCase() === 'h264') {
    const profile = codec.parameters.get('profile-level-id');
    const suffix =
      profile === undefined || !/^[0-9A-Fa-f]{6}$/.test(profile) ? '' : `;profile-level-id=${profile}`;
    lines.push(
      `a=fmtp:${codec.payloadType} level-asymmetry-allowed=1;packetization-mode=${packetizationMode(codec)}${suffix}`,
    );
    // How much they may send is told to publishers; what a viewer tells is not listened to.
    const kinds = ['nack', 'nack pli', 'ccm fir', ...(direction === 'recvonly' ? ['goog-remb'] : [])];
    const taken = kinds.filter((kind) => takesFeedback(line, kind));
    lines.push(...taken.map((kind) => `a=rtcp-fb:${codec.payloadType} ${kind}`));
  }
  return lines;
}

function connectionLine(address: string): string {
  return `c=IN ${isIPv6(address) ? 'IP6' : 'IP4'} ${address}`;
}
