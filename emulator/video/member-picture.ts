import type { AccessUnit, RtpVideoPacket } from '../../media/h264/access-unit.ts';
import type { Size } from '../../media/h264/i420.ts';
import { RtpDepacketizer } from '../../media/h264/rtp-depacketizer.ts';
import { pictureSizeProblem } from '../../media/h264/sps.ts';
import { AccessUnitQueue } from './access-unit-queue.ts';

/** Who is asked for what is missing. */
export interface MemberPictureListener {
  /** Send a PLI (RFC 4585 §6.3.1) to the publisher. */
  onKeyframeRequest(): void;
  /** Send a NACK (RFC 4585 §6.2.1) to the publisher. */
  onMissing(sequenceNumbers: number[]): void;
  /** The member's picture ended, and begins again with the next keyframe. */
  onError(reason: string): void;
}

/** Counters of one member's picture. */
export interface MemberPictureStats {
  readonly packetsLost: number;
  /** Payloads that were no H.264. */
  readonly malformed: number;
  readonly accessUnits: number;
  /** Left out: damaged, or after a gap. */
  readonly accessUnitsDropped: number;
  readonly keyframes: number;
  readonly pictures: number;
  readonly decodeErrors: number;
  readonly keyframeRequests: number;
  readonly size: Size | undefined;
}

/** Keyframes are asked for at most so often. */
const keyframeRequestMs = 500;
/** Nobody is asked who has sent nothing for so long. */
const silentMs = 1000;
/** After an error the decoder rests for so long, so that broken keyframes in a row cost nothing. */
const restMs = 250;

/**
 * What one member sends: from RTP packets to access units that wait for the decoder. It knows when its newest
 * picture came, and asks for a keyframe where nothing can be decoded.
 *
 * While nobody looks at the member (no viewer, or muted) nothing is asked for, and only the newest access
 * units from a keyframe on are kept: so the picture is there at once when somebody looks, without decoding
 * meanwhile.
 */
export class MemberPicture {
  readonly #listener: MemberPictureListener;
  readonly #queue = new AccessUnitQueue();
  #depacketizer: RtpDepacketizer;
  #lookedAt = false;
  #nowMs = 0;
  #lastPacketMs = Number.NEGATIVE_INFINITY;
  #lastRequestMs = Number.NEGATIVE_INFINITY;
  #restsUntilMs = Number.NEGATIVE_INFINITY;
  /** When the newest access unit came that can be decoded. */
  #newestMs: number | undefined;
  #size: Size | undefined;
  /** Something came that cannot be decoded. */
  #wantsKeyframe = false;
  readonly #counts = {
    accessUnits: 0,
    accessUnitsDropped: 0,
    keyframes: 0,
    pictures: 0,
    decodeErrors: 0,
    keyframeRequests: 0,
  };
  /** Loss of depacketizers before the present one. */
  #before = { packetsLost: 0, malformed: 0 };

  constructor(listener: MemberPictureListener) {
    this.#listener = listener;
    this.#depacketizer = this.#createDepacketizer();
  }

  /** Size of the newest picture, as its SPS says. */
  get size(): Size | undefined {
    return this.#size;
  }

  get stats(): MemberPictureStats {
    const { packetsLost, malformed } = this.#depacketizer;
    return {
      ...this.#counts,
      packetsLost: this.#before.packetsLost + packetsLost,
      malformed: this.#before.malformed + malformed,
      size: this.#size,
    };
  }

  /** Takes a packet; hostile ones too. Never throws. */
  push(packet: RtpVideoPacket, arrivalMs: number): void {
    this.#nowMs = arrivalMs;
    this.#lastPacketMs = arrivalMs;
    this.#depacketizer.push(packet, arrivalMs);
  }

  /** Takes the parameter sets of the publisher's SDP (`sprop-parameter-sets`), without start codes. */
  addParameterSets(nals: readonly Uint8Array[]): void {
    this.#depacketizer.addParameterSets(nals);
  }

  /** Gives up what does not come, and asks for a keyframe where one is needed. */
  advance(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#depacketizer.advance(nowMs);
    const needed = this.#wantsKeyframe && this.#lookedAt && nowMs >= this.#restsUntilMs;
    if (!needed || nowMs - this.#lastPacketMs > silentMs) return;
    if (nowMs - this.#lastRequestMs < keyframeRequestMs) return;
    this.#lastRequestMs = nowMs;
    this.#counts.keyframeRequests += 1;
    this.#listener.onKeyframeRequest();
  }

  /** Somebody needs a keyframe to begin with: it is asked for by the next `advance`. */
  requestKeyframe(): void {
    this.#wantsKeyframe = true;
  }

  /** Whether anybody sees this member's picture. */
  setLookedAt(lookedAt: boolean): void {
    this.#lookedAt = lookedAt;
  }

  /** Age of the newest picture; `undefined` where there is none, or none that follows the one before. */
  pictureAgeMs(nowMs: number): number | undefined {
    return this.#newestMs === undefined ? undefined : Math.max(0, nowMs - this.#newestMs);
  }

  /** What is to be decoded next, in order. */
  take(): AccessUnit[] {
    return this.#queue.take();
  }

  /** The decoder made pictures of what was taken. */
  decoded(pictures: number): void {
    this.#counts.pictures += pictures;
  }

  /** The decoder gave up on what was taken: begins again with the next keyframe. */
  failed(reason: string): void {
    this.#counts.decodeErrors += 1;
    this.#restsUntilMs = this.#nowMs + restMs;
    this.#giveUp();
    this.#listener.onError(reason);
  }

  /** Another publisher sends for this member from here on. */
  restart(): void {
    const { packetsLost, malformed } = this.stats;
    this.#before = { packetsLost, malformed };
    this.#depacketizer = this.#createDepacketizer();
    this.#giveUp();
    this.#wantsKeyframe = false;
  }

  #giveUp(): void {
    this.#queue.restart();
    this.#newestMs = undefined;
    this.#wantsKeyframe = true;
  }

  #createDepacketizer(): RtpDepacketizer {
    return new RtpDepacketizer({
      onAccessUnit: (accessUnit) => this.#take(accessUnit),
      onMissing: (missing) => {
        if (this.#lookedAt) this.#listener.onMissing(missing);
      },
    });
  }

  #take(accessUnit: AccessUnit): void {
    this.#counts.accessUnits += 1;
    const { keyframe, complete, size } = accessUnit;
    const problem = keyframe && complete && size !== undefined ? pictureSizeProblem(size) : undefined;
    const resting = this.#nowMs < this.#restsUntilMs;
    if (problem === undefined && !resting && this.#queue.push(accessUnit)) {
      this.#newestMs = this.#nowMs;
      this.#size = size;
      if (!keyframe) return;
      this.#counts.keyframes += 1;
      this.#wantsKeyframe = false;
      return;
    }
    this.#counts.accessUnitsDropped += 1;
    if (problem !== undefined) this.failed(problem);
    else if (resting) this.#queue.restart();
    // What was shown before a gap goes on to be shown for a while, and after that the placeholder. Where
    // nobody looks, the decoder's picture may be from long ago.
    if (!this.#lookedAt) this.#newestMs = undefined;
    this.#wantsKeyframe = true;
  }
}
