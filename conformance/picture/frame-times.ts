/** When a picture of one bot was seen. */
export interface SeenFrame {
  /** As the patch says it. */
  readonly frame: number;
  readonly arrivalMs: number;
}

/** A time in which a bot's picture stood still. */
export interface Standstill {
  readonly frame: number;
  /** When the picture that stayed was first seen. */
  readonly fromMs: number;
  /** When the next one came, or when watching ended. */
  readonly toMs: number;
  readonly durationMs: number;
  /** It never moved again. */
  readonly lasting: boolean;
}

/**
 * Every standstill of a bot's picture, however short: from when a picture was first seen until another one was. A
 * cell of 25 fps gives 40 ms each.
 *
 * @param seen in order of arrival, one for each canvas in which the bot was read
 * @param untilMs when watching ended; by default with the last arrival
 */
export function standstills(seen: readonly SeenFrame[], untilMs?: number): readonly Standstill[] {
  const last = seen.at(-1);
  if (last === undefined) return [];
  const changes = seen.filter((one, n) => n === 0 || one.frame !== seen[n - 1]!.frame);
  return changes.map(({ frame, arrivalMs }, n) => {
    const next = changes[n + 1];
    const toMs = next?.arrivalMs ?? Math.max(untilMs ?? last.arrivalMs, last.arrivalMs);
    return { frame, fromMs: arrivalMs, toMs, durationMs: toMs - arrivalMs, lasting: next === undefined };
  });
}

/** The longest standstill in milliseconds; 0 where nothing was seen. */
export function longestStandstillMs(seen: readonly SeenFrame[], untilMs?: number): number {
  return Math.max(0, ...standstills(seen, untilMs).map(({ durationMs }) => durationMs));
}

/** When the lamp went on: where a picture with a flash follows one without. */
export function flashOnsetsMs(
  seen: readonly { readonly flash: boolean; readonly arrivalMs: number }[],
): readonly number[] {
  return seen.flatMap(({ flash, arrivalMs }, n) =>
    n > 0 && flash && !seen[n - 1]!.flash ? [arrivalMs] : [],
  );
}
