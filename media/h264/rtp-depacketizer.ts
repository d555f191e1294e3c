import type { AccessUnit, RtpVideoPacket } from './access-unit.ts';
import { H264Error } from './h264-error.ts';
import { isSlice, joinAnnexB, nalType, nalTypes } from './nal.ts';
import { ParameterSets } from './parameter-sets.ts';
import { readH264Payload } from './rtp-payload.ts';
import { type ReorderOptions, RtpReorder } from './rtp-reorder.ts';

/** Who is told of what comes out. */
export interface DepacketizerListener {
  /** In order of sending, damaged ones too. */
  onAccessUnit(accessUnit: AccessUnit): void;
  /** Sequence numbers that did not come, to be asked for again (a NACK, RFC 4585 §6.2.1). */
  onMissing?(sequenceNumbers: number[]): void;
}

/** The longest picture that is put together; a 1280x720 keyframe has some 100 kB. */
const maxPictureBytes = 4 * 1024 * 1024;
const maxNals = 512;
/** One piece of a fragmented NAL unit is at least 1 byte long; more pieces than this are no video. */
const maxPieces = 8192;

/** The picture that is being put together. */
interface Assembly {
  readonly timestamp: number;
  readonly nals: Buffer[];
  bytes: number;
  complete: boolean;
  /** Pieces of the NAL unit that is being put together, its first byte first. */
  pieces: Buffer[] | undefined;
}

/**
 * Turns the RTP packets of one H.264 stream into pictures (RFC 6184: single NAL units, STAP-A, FU-A). Takes
 * hostile packets: never throws, and holds bounded memory.
 *
 * A picture after a loss is reported as incomplete, unless it is a keyframe with its parameter sets: nothing
 * else shows that its beginning is there.
 */
export class RtpDepacketizer {
  readonly #listener: DepacketizerListener;
  readonly #reorder: RtpReorder;
  readonly #parameterSets = new ParameterSets();
  #ssrc: number | undefined;
  #assembly: Assembly | undefined;
  #needsKeyframe = true;
  /** Payloads and NAL units that could not be read. */
  malformed = 0;

  constructor(listener: DepacketizerListener, options: ReorderOptions = {}) {
    this.#listener = listener;
    this.#reorder = new RtpReorder(
      (packet, afterLoss) => this.#take(packet, afterLoss),
      (missing) => this.#listener.onMissing?.(missing),
      options,
    );
  }

  /** True until a whole keyframe came, and again after a loss: what comes cannot be decoded (send a PLI). */
  get needsKeyframe(): boolean {
    return this.#needsKeyframe;
  }

  /** Packets that were given up. */
  get packetsLost(): number {
    return this.#reorder.packetsLost;
  }

  /**
   * Takes parameter sets from SDP (`sprop-parameter-sets`, RFC 6184 §8.2.1).
   * @param nals NAL units without start codes; those that cannot be read are counted as malformed
   */
  addParameterSets(nals: readonly Uint8Array[]): void {
    for (const nal of nals) this.#keepParameterSet(nal);
  }

  /** @param nowMs monotonic time of arrival */
  push(packet: RtpVideoPacket, nowMs: number): void {
    this.#reorder.push(packet, nowMs);
  }

  /** Gives up packets that do not come. To be called now and then, such as 25 times a second. */
  advance(nowMs: number): void {
    this.#reorder.advance(nowMs);
  }

  #take(packet: RtpVideoPacket, afterLoss: boolean): void {
    if (packet.ssrc !== this.#ssrc) this.#startStream(packet.ssrc);
    if (afterLoss) this.#breakOff();
    if (this.#assembly !== undefined && this.#assembly.timestamp !== packet.timestamp) this.#finish();
    this.#assembly ??= {
      timestamp: packet.timestamp,
      nals: [],
      bytes: 0,
      complete: !afterLoss || beginsPicture(packet.payload),
      pieces: undefined,
    };
    this.#addPayload(this.#assembly, packet.payload);
    if (packet.marker) this.#finish();
  }

  #startStream(ssrc: number): void {
    this.#ssrc = ssrc;
    this.#assembly = undefined;
    this.#needsKeyframe = true;
  }

  /** The end of the present picture may be among what was lost. */
  #breakOff(): void {
    this.#needsKeyframe = true;
    if (this.#assembly === undefined) return;
    this.#assembly.complete = false;
    this.#finish();
  }

  #addPayload(assembly: Assembly, bytes: Buffer): void {
    const payload = readH264Payload(bytes);
    if (payload.kind === 'malformed') {
      this.#damage(assembly);
      return;
    }
    if (payload.kind === 'nals') {
      if (payload.nals.length > 0) this.#endPieces(assembly);
      for (const nal of payload.nals) this.#addNal(assembly, nal);
      return;
    }
    if (payload.start) {
      this.#endPieces(assembly);
      assembly.pieces = [Buffer.of(payload.header)];
    }
    if (assembly.pieces === undefined || assembly.pieces.length > maxPieces) {
      this.#damage(assembly);
      return;
    }
    assembly.bytes += payload.data.length;
    if (assembly.bytes > maxPictureBytes) {
      this.#damage(assembly);
      return;
    }
    assembly.pieces.push(payload.data);
    if (!payload.end) return;
    const nal = Buffer.concat(assembly.pieces);
    assembly.pieces = undefined;
    assembly.bytes -= nal.length - 1;
    this.#addNal(assembly, nal);
  }

  /** A NAL unit whose last piece is missing is left out. */
  #endPieces(assembly: Assembly): void {
    if (assembly.pieces !== undefined) this.#damage(assembly);
  }

  #addNal(assembly: Assembly, nal: Buffer): void {
    if (nalType(nal) === nalTypes.filler) return;
    if (assembly.nals.length >= maxNals || assembly.bytes + nal.length > maxPictureBytes) {
      this.#damage(assembly);
      return;
    }
    if (!this.#keepParameterSet(nal)) {
      assembly.complete = false;
      return;
    }
    assembly.nals.push(nal);
    assembly.bytes += nal.length;
  }

  #damage(assembly: Assembly): void {
    this.malformed += 1;
    assembly.complete = false;
    assembly.pieces = undefined;
  }

  /** @returns false for a parameter set that cannot be read */
  #keepParameterSet(nal: Uint8Array): boolean {
    try {
      this.#parameterSets.add(nal);
      return true;
    } catch (error) {
      if (!(error instanceof H264Error)) throw error;
      this.malformed += 1;
      return false;
    }
  }

  #finish(): void {
    const assembly = this.#assembly!;
    this.#assembly = undefined;
    this.#endPieces(assembly);
    const { nals, timestamp } = assembly;
    // Parameter sets may come with a timestamp of their own, and are kept for the keyframe that follows.
    if (assembly.complete && !nals.some((nal) => isSlice(nalType(nal)))) return;
    const keyframe = nals.some((nal) => nalType(nal) === nalTypes.idrSlice);
    const parameterSets = keyframe ? this.#parameterSets.missingFrom(nals) : [];
    const size = this.#parameterSets.size;
    const complete = assembly.complete && (!keyframe || size !== undefined);
    if (!complete) this.#needsKeyframe = true;
    else if (keyframe) this.#needsKeyframe = false;
    const data = joinAnnexB([...parameterSets, ...nals]);
    this.#listener.onAccessUnit({ data, timestamp, keyframe, complete, ...(size && { size }) });
  }
}

/** True where a payload begins with what only stands at the beginning of a picture. */
function beginsPicture(bytes: Buffer): boolean {
  const payload = readH264Payload(bytes);
  if (payload.kind !== 'nals' || payload.nals.length === 0) return false;
  const type = nalType(payload.nals[0]!);
  return type === nalTypes.sps || type === nalTypes.accessUnitDelimiter;
}
