import { levelsOf, type SentTones, type ToneLevel } from '../analysis/tone-levels.ts';
import { nowNs } from '../bots/process/pacer.ts';
import { between, type Recording } from '../bots/recording.ts';

/** A stretch of time between two changes, in ns of the monotonic clock. */
export interface Part {
  readonly label: string;
  readonly fromNs: bigint;
  readonly toNs: bigint;
}

/** After a change either state is right for so long: fades, buffers and the way of the packets. */
const transitionNs = 600_000_000n;

/**
 * Divides a measurement by the changes that were made while it ran. A part ends before the next change is asked
 * for, and begins when it has been answered: what is in between belongs to neither.
 */
export class Timeline {
  readonly #parts: Part[] = [];

  /** Lets a part last as long as the work. */
  async part(label: string, work: () => Promise<void>): Promise<void> {
    const fromNs = nowNs();
    await work();
    this.#parts.push({ label, fromNs, toNs: nowNs() });
  }

  /** The parts so far. */
  parts(): readonly Part[] {
    return this.#parts;
  }
}

/** Levels of all members in one part of a recording, without the transition at its beginning. */
export function levelsDuring(recording: Recording, part: Part, sent: readonly SentTones[]): ToneLevel[] {
  return levelsOf(between(recording, part.fromNs + transitionNs, part.toNs), sent);
}
