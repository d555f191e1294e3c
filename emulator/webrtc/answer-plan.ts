import { type Offer, type OfferMedia, type OfferTransport, transportOf } from './sdp-checks.ts';
import { findH264, findOpus, type SdpCodec } from './sdp-codecs.ts';
import { InvalidSdpError } from './types.ts';

/** What becomes of one section of the offer. */
export interface PlannedLine {
  readonly media: OfferMedia;
  /** `rejected` is port 0, `inactive` keeps the section in the bundle without media. */
  readonly direction: 'recvonly' | 'sendonly' | 'inactive' | 'rejected';
  /** The one codec that is answered; the format list of an inactive line without one is echoed. */
  readonly codec: SdpCodec | undefined;
}

/** What is to be answered, before ports and credentials are known. */
export interface AnswerPlan {
  readonly transport: OfferTransport;
  /** In the order of the offer (RFC 3264 §6). */
  readonly lines: readonly PlannedLine[];
  /** The mids of the answer's BUNDLE group, or `undefined` where the offer has none for these lines. */
  readonly bundle: readonly string[] | undefined;
  readonly audio: PlannedLine | undefined;
  readonly video: PlannedLine | undefined;
}

/** Which way media goes and which kinds are wanted. */
export interface Wanted {
  readonly direction: 'recvonly' | 'sendonly';
  readonly audio: boolean;
  readonly video: boolean;
}

/**
 * Decides what becomes of each section: the first audio section with Opus and the first video section with
 * H.264 that go the right way are taken, all on one transport. Other sections of that transport become
 * inactive, as the official player needs of a video line it gets no picture for, and the rest is rejected.
 *
 * @throws InvalidSdpError where audio is wanted and not offered
 */
export function planAnswer(offer: Offer, wanted: Wanted): AnswerPlan {
  const takes = (media: OfferMedia) =>
    media.usable && (media.direction === 'sendrecv' || media.direction === opposite[wanted.direction]);
  const opusLine = offer.media.find(
    (m) => m.kind === 'audio' && takes(m) && findOpus(m.codecs) !== undefined,
  );
  const audio = wanted.audio ? opusLine : undefined;
  if (wanted.audio && audio === undefined) throw new InvalidSdpError(noAudioMessage(offer, wanted));

  const anchor = audio ?? offer.media.find((media) => media.usable);
  if (anchor === undefined) {
    throw new InvalidSdpError('the offer has no usable m-line: secured RTP with rtcp-mux is needed');
  }
  const inBundle = (media: OfferMedia) =>
    media.mid !== undefined && (offer.bundle?.includes(media.mid) ?? false);
  const shares = (media: OfferMedia) => media === anchor || (inBundle(anchor) && inBundle(media));
  const h264Of = ({ codecs }: OfferMedia) => findH264(codecs, wanted.direction === 'recvonly');
  const video = wanted.video
    ? offer.media.find((m) => m.kind === 'video' && takes(m) && shares(m) && h264Of(m) !== undefined)
    : undefined;

  const plan = (media: OfferMedia): PlannedLine => {
    const isMedia = media.kind === 'audio' || media.kind === 'video';
    const codec = media.kind === 'audio' ? findOpus(media.codecs) : h264Of(media);
    if (media === audio || media === video) return { media, direction: wanted.direction, codec };
    if (isMedia && media.usable && shares(media)) {
      return { media, direction: 'inactive', codec: codec ?? media.codecs[0] };
    }
    return { media, direction: 'rejected', codec: undefined };
  };
  const lines = offer.media.map(plan);
  const lineOf = (media: OfferMedia | undefined) => lines.find((line) => line.media === media);
  const answered = lines.filter((line) => line.direction !== 'rejected').map((line) => line.media.mid);
  return {
    transport: transportOf(offer, anchor),
    lines,
    bundle: inBundle(anchor) ? offer.bundle?.filter((mid) => answered.includes(mid)) : undefined,
    audio: lineOf(audio),
    video: lineOf(video),
  };
}

/** True where the client offers this kind of RTCP feedback for the codec that is taken (RFC 4585 §4.2). */
export function takesFeedback({ media, codec }: PlannedLine, kind: string): boolean {
  return media.feedback.some((value) => value === `${codec?.payloadType} ${kind}` || value === `* ${kind}`);
}

const opposite = { recvonly: 'sendonly', sendonly: 'recvonly' } as const;

function noAudioMessage(offer: Offer, { direction }: Wanted): string {
  const opus = offer.media.filter((media) => media.kind === 'audio' && findOpus(media.codecs) !== undefined);
  if (opus.length === 0) return 'the offer has no audio line with Opus';
  if (!opus.some((media) => media.usable)) {
    return 'the audio line of the offer must be secured RTP with rtcp-mux, on a port other than 0';
  }
  return direction === 'recvonly'
    ? 'the offer has no audio line with Opus that sends: a publisher offers sendonly or sendrecv'
    : 'the offer has no audio line with Opus that receives: a player offers recvonly or sendrecv';
}
