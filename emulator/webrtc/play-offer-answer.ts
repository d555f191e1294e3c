import type { AnswerPlan, PlannedLine } from './answer-plan.ts';
import { type Offer, type OfferMedia, transportOf } from './sdp-checks.ts';
import { findH264, findOpus } from './sdp-codecs.ts';
import { shown } from './sdp-lines.ts';
import { InvalidSdpError } from './types.ts';

/**
 * Decides what is sent to a viewer that answered an offer of ours (RFC 3264 §7): the lines that it receives, by
 * the payload types it names. A line that it refuses is left out; one at least has to stay.
 *
 * @throws InvalidSdpError where the answer does not have the lines of the offer in their order, takes a line
 *   and names no codec of it, takes none, or wants a transport of its own for each
 */
export function planPlayAnswer(answer: Offer, offered: readonly PlannedLine[]): AnswerPlan {
  if (answer.media.length !== offered.length) {
    throw new InvalidSdpError(
      `the answer has ${answer.media.length} m-lines, and the offer ${offered.length}: each needs an answer`,
    );
  }
  const lines = offered.map((line, index) => planLine(line, answer.media[index]!, index));
  const [first, ...others] = lines.filter(({ direction }) => direction === 'sendonly');
  if (first === undefined) throw new InvalidSdpError('the answer takes no line of the offer');
  const { bundle } = answer;
  const isBundled = ({ mid }: OfferMedia) => mid !== undefined && (bundle?.includes(mid) ?? false);
  if (others.length > 0 && ![first, ...others].every(({ media }) => isBundled(media))) {
    throw new InvalidSdpError('the answer must take its lines in one bundle, as they were offered');
  }
  const ofKind = (kind: string) =>
    lines.find((line) => line.media.kind === kind && line.direction === 'sendonly');
  return {
    transport: transportOf(answer, first.media),
    lines,
    bundle,
    audio: ofKind('audio'),
    video: ofKind('video'),
  };
}

function planLine({ media: offered }: PlannedLine, answered: OfferMedia, index: number): PlannedLine {
  if (answered.kind !== offered.kind) {
    throw new InvalidSdpError(
      `m-line ${index + 1} of the answer is ${shown(answered.kind)}, and the offer’s is ${offered.kind}`,
    );
  }
  if (answered.mid !== undefined && answered.mid !== offered.mid) {
    throw new InvalidSdpError(
      `m-line ${index + 1} of the answer has the mid ${shown(answered.mid)}, and the offer’s has ${offered.mid}`,
    );
  }
  const media = { ...answered, mid: offered.mid };
  const receives = answered.direction === 'recvonly' || answered.direction === 'sendrecv';
  if (!answered.usable || !receives) return { media, direction: 'rejected', codec: undefined };
  const codec = offered.kind === 'audio' ? findOpus(answered.codecs) : findH264(answered.codecs);
  if (codec !== undefined) return { media, direction: 'sendonly', codec };
  throw new InvalidSdpError(
    offered.kind === 'audio'
      ? 'the answer takes the audio line and names no Opus for it'
      : 'the answer takes the video line and names no H.264 of packetization-mode 1 for it',
  );
}
