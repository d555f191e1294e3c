import type { SentStatistics } from '../../report.ts';

/** A packet, or a picture, that is sent later than this after it was due counts as late. */
const lateMs = 10;

/** How punctually one publisher sends. */
export class SentLog {
  readonly #startMs = performance.now();
  #lastMs = this.#startMs;
  readonly #tracks = { audio: { late: 0, worstLateMs: 0 }, video: { late: 0, worstLateMs: 0 } };

  /** A packet of sound, or a picture. */
  add(track: 'audio' | 'video', byMs: number): void {
    this.#lastMs = performance.now();
    const counted = this.#tracks[track];
    if (byMs > lateMs) counted.late += 1;
    counted.worstLateMs = Math.max(counted.worstLateMs, byMs);
  }

  /** Beside what was counted by the sender; a track of which nothing was sent is missing. */
  summary(sent: Readonly<Record<'audio' | 'video', { readonly packets: number; readonly bytes: number }>>): {
    audio?: SentStatistics;
    video?: SentStatistics;
  } {
    const durationMs = Math.max(1, this.#lastMs - this.#startMs);
    const track = (name: 'audio' | 'video'): SentStatistics => ({
      ...sent[name],
      bitrateKbps: (sent[name].bytes * 8) / durationMs,
      ...this.#tracks[name],
    });
    return {
      ...(sent.audio.packets > 0 && { audio: track('audio') }),
      ...(sent.video.packets > 0 && { video: track('video') }),
    };
  }
}
