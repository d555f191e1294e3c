import { type RemoteTransport, readTransport } from './remote-transport.ts';
import { directionOf, formatsOf, portOf, sectionsOf, valuesOf } from './sdp-sections.ts';

/** What a bot makes of one m-line that a server offers. */
export interface OfferedLine {
  /** `audio`, `video`, `application`, … */
  readonly kind: string;
  readonly mid: string | undefined;
  /** `UDP/TLS/RTP/SAVPF`. */
  readonly protocol: string;
  readonly formats: readonly string[];
  /** The payload type, by the server's number, that the bot takes; missing: it refuses the line. */
  readonly payloadType: number | undefined;
  /** Of H.264, where the server says it. */
  readonly profileLevelId: string | undefined;
  /** False: the codec is one that the bot knows, but nothing is to be sent. */
  readonly isReceived: boolean;
}

/** An offer to send: in its order, with its numbers and mids. */
export interface ServerOffer {
  readonly transport: RemoteTransport;
  readonly lines: readonly OfferedLine[];
  readonly opusPayloadType: number;
  /** Missing: there is no picture, or none is wanted. */
  readonly h264PayloadType: number | undefined;
}

/** A server that plays has two lines; browsers of a conference have some dozens. */
const maxLines = 32;

/**
 * Reads what a server offers to a player. Of each kind one line is taken: the first with Opus, and the first with
 * H.264; all others are refused.
 * @param wantsVideo false: the picture is answered inactive
 * @throws Error where it offers no sound, or nothing that can be connected to
 */
export function readServerOffer(sdp: string, wantsVideo: boolean): ServerOffer {
  const [session = [], ...sections] = sectionsOf(sdp);
  if (sections.length > maxLines) throw new Error(`the offer has more than ${maxLines} m-lines`);
  const audio = sections.find((section) => isKind(section, 'audio') && opusOf(section) !== undefined);
  if (audio === undefined)
    throw new Error(`the offer has no audio line with Opus: ${JSON.stringify(sdp.slice(0, 80))}`);
  const direction = directionOf(audio);
  if (!sends(audio)) throw new Error(`the server sends no audio: ${direction}`);
  const video = sections.find(
    (section) =>
      isKind(section, 'video') && h264Of(section) !== undefined && sharesTransport(section, audio, session),
  );
  const transport = readTransport('offer', [...audio, ...(video ?? []), ...session]);
  const lines = sections.map((section) =>
    offeredLine(section, {
      payloadType: section === audio ? opusOf(audio) : section === video ? h264Of(video) : undefined,
      isReceived: section === audio || (wantsVideo && section === video && sends(video)),
    }),
  );
  return {
    transport: { ...transport, setup: roleOf(transport.setup) },
    lines,
    opusPayloadType: opusOf(audio)!,
    h264PayloadType: lines.find(({ kind, isReceived }) => kind === 'video' && isReceived)?.payloadType,
  };
}

function offeredLine(
  section: readonly string[],
  taken: Pick<OfferedLine, 'payloadType' | 'isReceived'>,
): OfferedLine {
  const [, kind = '', protocol = ''] = /^m=(\S+) \S+ (\S+)/.exec(section[0] ?? '') ?? [];
  const fmtp = taken.payloadType === undefined ? '' : fmtpOf(section, String(taken.payloadType));
  return {
    ...taken,
    kind,
    protocol,
    mid: valuesOf(section, 'mid')[0],
    formats: formatsOf(section),
    profileLevelId: /profile-level-id=([0-9a-f]{6})/i.exec(fmtp)?.[1],
  };
}

function isKind(section: readonly string[], kind: string): boolean {
  return section[0]?.startsWith(`m=${kind} `) === true && portOf(section) !== 0;
}

function sends(section: readonly string[]): boolean {
  return ['sendonly', 'sendrecv'].includes(directionOf(section));
}

/** Bots have one transport: a picture on another one (RFC 9143 §7.3.2) is refused. */
function sharesTransport(
  section: readonly string[],
  audio: readonly string[],
  session: readonly string[],
): boolean {
  const mids = [section, audio].map((one) => valuesOf(one, 'mid')[0]);
  return valuesOf(session, 'group').some((group) => {
    const [semantics, ...members] = group.trim().split(/\s+/);
    return semantics === 'BUNDLE' && mids.every((mid) => mid !== undefined && members.includes(mid));
  });
}

function opusOf(section: readonly string[]): number | undefined {
  return payloadTypes(section, /^opus\/48000/i)[0];
}

/** One that is sent in fragments (RFC 6184 §6.2, packetization-mode 1) where there is a choice. */
function h264Of(section: readonly string[]): number | undefined {
  const all = payloadTypes(section, /^h264\/90000/i);
  return all.find((type) => /packetization-mode=1/.test(fmtpOf(section, String(type)))) ?? all[0];
}

/** In the server's order of preference. */
function payloadTypes(section: readonly string[], codec: RegExp): number[] {
  const maps = new Map(
    valuesOf(section, 'rtpmap').map((text) => [text.split(' ')[0]!, text.split(' ')[1] ?? '']),
  );
  return formatsOf(section)
    .filter((format) => /^\d{1,3}$/.test(format) && codec.test(maps.get(format) ?? ''))
    .map(Number);
}

function fmtpOf(section: readonly string[], format: string): string {
  return valuesOf(section, 'fmtp').find((text) => text.startsWith(`${format} `)) ?? '';
}

/** Who may do either answers `passive`, as RFC 8842 §5.3 has it: the bot begins the handshake. */
function roleOf(setup: string | undefined): RemoteTransport['setup'] {
  if (setup === 'actpass' || setup === 'passive') return 'passive';
  if (setup === 'active') return 'active';
  throw new Error(`the offer’s a=setup is ${setup ?? 'missing'}`);
}

/** What the bot says of its end. */
export interface LocalTransport {
  readonly iceUfrag: string;
  readonly icePwd: string;
  /** `a=candidate` values without the attribute's name. */
  readonly candidates: readonly string[];
  /** SHA-256 of the certificate, `AB:CD:…`. */
  readonly fingerprint: string;
}

/** Answers an offer (RFC 3264 §6): the same lines, in their order, with their mids and payload types. */
export function writeAnswer({ lines, transport }: ServerOffer, local: LocalTransport): string {
  const taken = lines.filter(({ payloadType }) => payloadType !== undefined);
  const setup = transport.setup === 'active' ? 'passive' : 'active';
  const mids = taken.flatMap(({ mid }) => mid ?? []);
  const session = ['v=0', 'o=- 4611731400430051337 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
  if (mids.length > 0) session.push(`a=group:BUNDLE ${mids.join(' ')}`);
  const sections = lines.flatMap((line) =>
    line.payloadType === undefined
      ? refusedSection(line)
      : takenSection(line, line.payloadType, local, { setup, isFirst: line === taken[0] }),
  );
  return `${[...session, ...sections].join('\r\n')}\r\n`;
}

function refusedSection({ kind, protocol, formats, mid }: OfferedLine): string[] {
  return [
    `m=${kind} 0 ${protocol} ${formats.join(' ')}`,
    'c=IN IP4 0.0.0.0',
    ...(mid === undefined ? [] : [`a=mid:${mid}`]),
    'a=inactive',
  ];
}

function takenSection(
  { kind, protocol, mid, isReceived, profileLevelId = '42e01f' }: OfferedLine,
  type: number,
  { iceUfrag, icePwd, candidates, fingerprint }: LocalTransport,
  { setup, isFirst }: { readonly setup: string; readonly isFirst: boolean },
): string[] {
  const codec =
    kind === 'audio'
      ? [`a=rtpmap:${type} opus/48000/2`, `a=fmtp:${type} minptime=10;useinbandfec=1`]
      : [
          `a=rtpmap:${type} H264/90000`,
          `a=fmtp:${type} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=${profileLevelId}`,
          ...['nack', 'nack pli', 'ccm fir'].map((feedback) => `a=rtcp-fb:${type} ${feedback}`),
        ];
  return [
    `m=${kind} 9 ${protocol} ${type}`,
    'c=IN IP4 0.0.0.0',
    ...(mid === undefined ? [] : [`a=mid:${mid}`]),
    isReceived ? 'a=recvonly' : 'a=inactive',
    'a=rtcp-mux',
    `a=ice-ufrag:${iceUfrag}`,
    `a=ice-pwd:${icePwd}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    `a=setup:${setup}`,
    ...codec,
    ...(isFirst ? [...candidates.map((candidate) => `a=candidate:${candidate}`), 'a=end-of-candidates'] : []),
  ];
}
