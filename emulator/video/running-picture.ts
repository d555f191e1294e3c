import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { RtpVideoPacket } from '../../media/h264/access-unit.ts';
import { startRoomClock } from '../audio/room-clock.ts';
import type { VideoProfile } from '../profile.ts';
import type { MemberPictureStats } from './member-picture.ts';
import { RoomPicture, type RoomPictureOptions, type RoomPictureStats } from './room-picture.ts';
import type { FrameSink, IsReady, PictureViewer } from './room-viewers.ts';

/** Who looks at a snapshot is taken for a viewer for so long, so that the next one is up to date. */
const snapshotWatchMs = 5000;
/** A snapshot waits so long for the first frame of a room that nobody watched. */
const firstFrameMs = 1000;

/** A room's picture with its clock, which only runs while somebody watches. */
export class RunningPicture {
  readonly #picture: RoomPicture;
  #viewers = 0;
  /** Stops the clock; undefined while it does not run. */
  #stop: (() => void) | undefined;
  /** Stands for those who look at snapshots. */
  #snapshots: { viewer: PictureViewer; timer: NodeJS.Timeout } | undefined;

  readonly #onError: (error: unknown) => void;

  /** @throws RangeError for a profile that cannot be drawn */
  constructor(profile: VideoProfile, options: RoomPictureOptions = {}) {
    this.#picture = new RoomPicture(profile, options);
    this.#onError = (error) => options.onError?.(String(error));
  }

  get stats(): RoomPictureStats {
    return this.#picture.stats;
  }

  memberStats(name: string): MemberPictureStats | undefined {
    return this.#picture.memberStats(name);
  }

  addMember(name: string, videoMuted = false): void {
    this.#picture.addMember(name, videoMuted);
  }

  removeMember(name: string): void {
    this.#picture.removeMember(name);
  }

  /** @param parameterSets from the new publisher's SDP, without start codes */
  restartMember(name: string, parameterSets: readonly Uint8Array[] = []): void {
    this.#picture.restartMember(name, parameterSets);
  }

  setVideoMuted(name: string, muted: boolean): void {
    this.#picture.setVideoMuted(name, muted);
  }

  /** Takes a packet of a member's picture. Never throws. */
  push(name: string, packet: RtpVideoPacket, arrivalMs: number): void {
    this.#picture.push(name, packet, arrivalMs);
  }

  /**
   * The first frame that comes is a keyframe.
   * @param isReady default: at once; who is not asks for a keyframe when it is
   */
  watch(sink: FrameSink, isReady?: IsReady): PictureViewer {
    const viewer = this.#picture.watch(sink, isReady);
    this.#viewers += 1;
    this.#stop ??= startRoomClock(
      () => this.#picture.tickMs,
      (dueMs) => void this.#picture.tick(dueMs).catch(this.#onError),
      { onError: this.#onError },
    );
    let open = true;
    return {
      requestKeyframe: () => viewer.requestKeyframe(),
      close: () => {
        if (!open) return;
        open = false;
        viewer.close();
        this.#viewers -= 1;
        if (this.#viewers === 0) this.#stopClock();
      },
    };
  }

  /**
   * The present canvas as a JPEG file (`preview.jpg`).
   * @throws Error where it cannot be made
   */
  async snapshot(): Promise<Buffer> {
    // Viewers that cannot take a picture yet do not make the room draw one.
    const wasIdle = !this.#picture.isWatched;
    const firstFrame = new Promise<void>((resolve) => this.#watchForSnapshots(resolve));
    // Members are asked for keyframes when somebody begins to watch: give them time to answer.
    if (wasIdle) await Promise.race([firstFrame, setTimeout(firstFrameMs)]);
    return this.#picture.snapshot(performance.now());
  }

  /** Stops the clock and frees everything. Idempotent. */
  close(): Promise<void> {
    clearTimeout(this.#snapshots?.timer);
    this.#stopClock();
    return this.#picture.close();
  }

  #stopClock(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #watchForSnapshots(onFrame: () => void): void {
    clearTimeout(this.#snapshots?.timer);
    const viewer = this.#snapshots?.viewer ?? this.watch(onFrame);
    const timer = globalThis.setTimeout(() => {
      this.#snapshots = undefined;
      viewer.close();
    }, snapshotWatchMs);
    timer.unref();
    this.#snapshots = { viewer, timer };
  }
}
