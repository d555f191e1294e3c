import type { RtpVideoPacket } from '../../media/h264/access-unit.ts';
import type { VideoProfile } from '../profile.ts';
import { joinBytes, toBuffer } from './bytes.ts';
import { toYuv } from './colour.ts';
import type { ComposeRequest, ComposeResult, Composer, ComposerOptions } from './composer/messages.ts';
import { ThreadComposer } from './composer/thread-composer.ts';
import { type GridPlan, GridPlanner } from './grid-plan.ts';
import { KeyframeSchedule } from './keyframe-schedule.ts';
import { MemberPicture, type MemberPictureStats } from './member-picture.ts';
import { type FrameSink, type IsReady, type PictureViewer, RoomViewers } from './room-viewers.ts';
import { gridOfEverybody, type VideoParts } from './video-parts.ts';

/** What a room's picture needs of its surroundings; everything may be missing. */
export interface RoomPictureOptions {
  /** A keyframe is needed of a member: send a PLI to its publisher. At most every 500 ms of each member. */
  readonly onKeyframeRequest?: (member: string) => void;
  /** Packets of a member did not come: send a NACK to its publisher. */
  readonly onMissing?: (member: string, sequenceNumbers: number[]) => void;
  /** What went wrong, for a person; the member is missing where it was the composer. */
  readonly onError?: (reason: string, member?: string) => void;
  /** Replaced by deliberately broken emulators; default `gridOfEverybody`. */
  readonly parts?: VideoParts;
  /** Default: `ThreadComposer`. */
  readonly createComposer?: (options: ComposerOptions) => Composer;
}

/** Counters of a room's picture. */
export interface RoomPictureStats {
  readonly viewers: number;
  readonly framesSent: number;
  readonly keyframes: number;
  /** Left out because the frame before was not ready. */
  readonly framesDropped: number;
}

interface PicturedMember {
  /** The composer's name for it; another one for each publisher. */
  id: number;
  readonly picture: MemberPicture;
  videoMuted: boolean;
}

/**
 * The picture of one room: all members in one grid, encoded once for all viewers. It knows no clock: `tick`
 * makes the next frame. All the work is the composer's, off this thread; where it is not done yet, a tick is
 * left out, so that nothing piles up.
 *
 * While nobody watches, nothing is decoded, drawn or encoded; each member's newest access units wait (up to
 * 3 s from a keyframe on), so that the first viewer sees everybody at once.
 */
export class RoomPicture {
  readonly #profile: VideoProfile;
  readonly #options: RoomPictureOptions;
  readonly #parts: VideoParts;
  readonly #composer: Composer;
  readonly #members = new Map<string, PicturedMember>();
  readonly #viewers: RoomViewers;
  readonly #keyframes = new KeyframeSchedule();
  readonly #planner: GridPlanner;
  /** Ids whose decoders the composer may drop. */
  #forget: number[] = [];
  #nextId = 0;
  /** The turn that is under way. */
  #turn: Promise<void> | undefined;
  #closed = false;
  readonly #counts = { framesSent: 0, keyframes: 0, framesDropped: 0 };

  /** @throws RangeError for a profile that cannot be drawn */
  constructor(profile: VideoProfile, options: RoomPictureOptions = {}) {
    this.#profile = profile;
    this.#options = options;
    this.#parts = options.parts ?? gridOfEverybody;
    const { canvasWidth: width, canvasHeight: height, fps, bitrateKbps } = profile;
    const background = toYuv(profile.background);
    const { chromaOrder, orientation } = this.#parts;
    const composerOptions = { width, height, fps, bitrateKbps, background, chromaOrder, orientation };
    this.#composer = options.createComposer?.(composerOptions) ?? new ThreadComposer(composerOptions);
    this.#planner = new GridPlanner(profile, this.#parts);
    this.#viewers = new RoomViewers(() => this.#keyframes.request());
  }

  /** Time from tick to tick, in ms. */
  get tickMs(): number {
    return 1000 / this.#profile.fps;
  }

  /** Somebody can take pictures: only then ticks make any. */
  get isWatched(): boolean {
    return this.#viewers.anyReady;
  }

  get stats(): RoomPictureStats {
    return { viewers: this.#viewers.size, ...this.#counts };
  }

  memberStats(name: string): MemberPictureStats | undefined {
    return this.#members.get(name)?.picture.stats;
  }

  /** Adding a member twice changes nothing. */
  addMember(name: string, videoMuted = false): void {
    if (this.#members.has(name)) return;
    const picture = new MemberPicture({
      onKeyframeRequest: () => this.#options.onKeyframeRequest?.(name),
      onMissing: (sequenceNumbers) => this.#options.onMissing?.(name, sequenceNumbers),
      onError: (reason) => this.#options.onError?.(reason, name),
    });
    this.#members.set(name, { id: this.#newId(), picture, videoMuted });
    this.#look();
  }

  /** Its cell is gone with the next frame, and the others move together. */
  removeMember(name: string): void {
    const member = this.#members.get(name);
    if (member === undefined || !this.#parts.removesLeavers) return;
    this.#members.delete(name);
    this.#forget.push(member.id);
  }

  /** A muted member is a placeholder from the next frame on. */
  setVideoMuted(name: string, muted: boolean): void {
    const member = this.#members.get(name);
    if (member === undefined) return;
    member.videoMuted = muted;
    this.#look();
  }

  /** Takes a packet of a member's picture; of others it is dropped. Never throws. */
  push(name: string, packet: RtpVideoPacket, arrivalMs: number): void {
    const member = this.#members.get(name);
    if (member === undefined || this.#closed) return;
    this.#composer.start();
    member.picture.push(packet, arrivalMs);
  }

  /**
   * Another publisher sends for this member from here on.
   * @param parameterSets from its SDP (`sprop-parameter-sets`), without start codes
   */
  restartMember(name: string, parameterSets: readonly Uint8Array[] = []): void {
    const member = this.#members.get(name);
    if (member === undefined) return;
    this.#forget.push(member.id);
    member.id = this.#newId();
    member.picture.restart();
    member.picture.addParameterSets(parameterSets);
  }

  /**
   * Begins with a keyframe, which comes with one of the next ticks.
   * @param isReady default: at once; who is not asks for a keyframe when it is
   */
  watch(sink: FrameSink, isReady?: IsReady): PictureViewer {
    if (!this.#closed) this.#composer.start();
    const viewer = this.#viewers.add(sink, isReady);
    this.#look();
    return {
      requestKeyframe: () => viewer.requestKeyframe(),
      close: () => {
        viewer.close();
        this.#look();
      },
    };
  }

  /**
   * Makes the next frame and hands it to the viewers.
   * @param nowMs monotonic; becomes the frame's timestamp
   * @returns resolves when the frame is out, or was left out
   */
  async tick(nowMs: number): Promise<void> {
    for (const { picture } of this.#members.values()) picture.advance(nowMs);
    if (!this.isWatched || this.#closed) return;
    if (this.#turn !== undefined) {
      this.#counts.framesDropped += 1;
      return;
    }
    const plan = this.#plan(nowMs);
    const keyframe = this.#keyframes.isDue(nowMs, plan.moved);
    if (keyframe) this.#keyframes.made(nowMs);
    await this.#runTurn(async () => {
      const frame = (await this.#compose(plan, { keyframe }))?.frame;
      if (frame !== undefined) this.#send(frame, nowMs);
      else if (keyframe) this.#keyframes.request();
    });
  }

  /**
   * The present canvas as a JPEG file; drawn for the occasion where nobody watches.
   * @throws Error where it cannot be made
   */
  async snapshot(nowMs: number): Promise<Buffer> {
    while (this.#turn !== undefined) await this.#turn;
    if (!this.isWatched) {
      await this.#runTurn(async () => void (await this.#compose(this.#plan(nowMs))));
    }
    return toBuffer(await this.#composer.snapshot());
  }

  /** Idempotent. */
  close(): Promise<void> {
    this.#closed = true;
    return this.#composer.close();
  }

  #newId(): number {
    this.#nextId += 1;
    return this.#nextId;
  }

  #look(): void {
    for (const { picture, videoMuted } of this.#members.values()) {
      picture.setLookedAt(this.#viewers.size > 0 && !videoMuted);
    }
  }

  #plan(nowMs: number): GridPlan {
    return this.#planner.plan(
      [...this.#members].map(([name, { id, picture, videoMuted }], index) => {
        return { id, name, index, videoMuted, size: picture.size, pictureAgeMs: picture.pictureAgeMs(nowMs) };
      }),
    );
  }

  #send({ accessUnit, keyframe }: { accessUnit: Uint8Array; keyframe: boolean }, nowMs: number): void {
    this.#counts.framesSent += 1;
    if (keyframe) this.#counts.keyframes += 1;
    this.#viewers.send({
      accessUnit: toBuffer(accessUnit),
      timestamp90k: Math.round(nowMs * 90) % 2 ** 32,
      keyframe,
      capturedMs: nowMs,
    });
  }

  /** One turn at a time: none begins before the one under way is over. */
  async #runTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = work().catch((error: unknown) => this.#options.onError?.(String(error)));
    await this.#turn;
    this.#turn = undefined;
  }

  /** Nobody sees a muted member: what came of it is kept for when it is unmuted. */
  #takeAccessUnits(): Pick<ComposeRequest, 'decode' | 'bytes'> {
    const taken = [...this.#members.values()]
      .filter(({ videoMuted }) => !videoMuted)
      .map(({ id, picture }) => ({ member: id, accessUnits: picture.take().map(({ data }) => data) }))
      .filter(({ accessUnits }) => accessUnits.length > 0);
    return {
      decode: taken.map(({ member, accessUnits }) => ({
        member,
        lengths: accessUnits.map(({ length }) => length),
      })),
      bytes: joinBytes(taken.flatMap(({ accessUnits }) => accessUnits)),
    };
  }

  /** Sends all that is new to the composer; a failure is told by `onError`. */
  async #compose(plan: GridPlan, encode?: { keyframe: boolean }): Promise<ComposeResult | undefined> {
    const members = new Map([...this.#members.values()].map(({ id, picture }) => [id, picture]));
    const forget = this.#forget;
    this.#forget = [];
    try {
      const result = await this.#composer.compose({
        ...this.#takeAccessUnits(),
        forget,
        ...(plan.changed && { cells: plan.cells }),
        ...(encode && { encode }),
      });
      for (const { member, pictures, error } of result.decoded) {
        members.get(member)?.decoded(pictures);
        if (error !== undefined) members.get(member)?.failed(error);
      }
      if (result.encoderError !== undefined) this.#options.onError?.(`encoder: ${result.encoderError}`);
      return result;
    } catch (error) {
      if (this.#closed) return undefined;
      this.#options.onError?.(error instanceof Error ? error.message : String(error));
      // Decoders, canvas and plan are gone with the composer.
      for (const { picture } of this.#members.values()) picture.failed('the composer began anew');
      this.#planner.forget();
      return undefined;
    }
  }
}
