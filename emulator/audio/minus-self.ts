import { type Limiter, PeakLimiter } from './limiter.ts';

/**
 * The parts of a mix that a deliberately broken emulator replaces. Frames are 48 kHz mono and as long as a
 * frame of the room.
 */
export interface MixParts {
  /** Whether a member's sound goes into the mix, given that it has any. */
  isHeard(member: { readonly audioMuted: boolean }): boolean;
  /** Adds up all frames that are mixed in this tick. */
  sum(frames: readonly Int16Array[], wide: Int32Array): void;
  /** What one listener shall hear, before limiting: the sum without the listener's own frame, where it is in it. */
  withoutOwn(sum: Int32Array, own: Int16Array | undefined, wide: Int32Array): void;
  createLimiter(): Limiter;
  /** Whether a member is muted once another publisher sends for it. */
  isMutedAfterRestart(member: { readonly audioMuted: boolean }): boolean;
}

/** The right way: wide sum, subtract, and only then limit. */
export const minusSelfMix: MixParts = {
  isHeard: (member) => !member.audioMuted,

  sum(frames, wide) {
    wide.fill(0);
    for (const frame of frames) {
      for (let i = 0; i < wide.length; i += 1) wide[i]! += frame[i]!;
    }
  },

  withoutOwn(sum, own, wide) {
    if (own === undefined) {
      wide.set(sum);
      return;
    }
    for (let i = 0; i < wide.length; i += 1) wide[i] = sum[i]! - own[i]!;
  },

  createLimiter: () => new PeakLimiter(),

  isMutedAfterRestart: (member) => member.audioMuted,
};
