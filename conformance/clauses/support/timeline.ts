import { levelsOf, type SentTones, type ToneLevel } from '../../analysis/tone-levels.ts';
import { nowNs } from '../../bots/process/pacer.ts';
import { between, type Recording } from '../../bots/recording.ts';

/** A stretch of time between two changes, in ns of the monotonic clock. */
export interface Part {
  readonly label: string;
  readonly fromNs: bigint;
  readonly toNs: bigint;
}

/** After a change either state is right for so long: fades, buffers and the way of the packets. */
const transitionNs = 600_000_000n;

/** Divides a measurement by the changes that were made while it ran. */
export class Timeline {
  readonly #marks: { readonly label: string; readonly atNs: bigint }[] = [];

  /** A new part begins now. */
  mark(label: string): void {
    this.#marks.push({ label, atNs: nowNs() });
  }

  /** The parts so far; the last one ends now. */
  parts(): readonly Part[] {
    const end = nowNs();
    return this.#marks.map(({ label, atNs }, i) => ({
      label,
      fromNs: atNs,
      toNs: this.#marks[i + 1]?.atNs ?? end,
    }));
  }
}

/** Levels of all members in one part of a recording, without the transition at its beginning. */
export function levelsDuring(recording: Recording, part: Part, sent: readonly SentTones[]): ToneLevel[] {
  return levelsOf(between(recording, part.fromNs + transitionNs, part.toNs), sent);
}
