import { codedFrameCount } from '../bots/signatures/picture-code.ts';

/** When a picture of one bot was seen. */
export interface SeenFrame {
  /** As the patch says it. */
  readonly frame: number;
  readonly arrivalMs: number;
}

/** A time in which a bot's picture stood still. */
export interface Freeze {
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
export function standstills(seen: readonly SeenFrame[], untilMs?: number): readonly Freeze[] {
  const last = seen.at(-1);
  if (last === undefined) return [];
  const changes = seen.filter((one, n) => n === 0 || one.frame !== seen[n - 1]!.frame);
  return changes.map(({ frame, arrivalMs }, n) => {
    const next = changes[n + 1];
    const toMs = next?.arrivalMs ?? Math.max(untilMs ?? last.arrivalMs, last.arrivalMs);
    return { frame, fromMs: arrivalMs, toMs, durationMs: toMs - arrivalMs, lasting: next === undefined };
  });
}

/** The standstills over a limit. */
export function freezes(seen: readonly SeenFrame[], limitMs: number, untilMs?: number): readonly Freeze[] {
  return standstills(seen, untilMs).filter(({ durationMs }) => durationMs > limitMs);
}

/** The longest standstill in milliseconds; 0 where nothing was seen. */
export function longestStandstillMs(seen: readonly SeenFrame[], untilMs?: number): number {
  return Math.max(0, ...standstills(seen, untilMs).map(({ durationMs }) => durationMs));
}

/** How often the picture went back to an older one: that never happens to a canvas of one member each. */
export function backwardSteps(seen: readonly SeenFrame[]): number {
  return seen.filter((one, n) => n > 0 && frameStep(seen[n - 1]!.frame, one.frame) < 0).length;
}

/** From one coded frame number to another: the short way over the seam where numbers start again. */
export function frameStep(from: number, to: number): number {
  const step = (to - from) % codedFrameCount;
  if (step >= codedFrameCount / 2) return step - codedFrameCount;
  return step < -codedFrameCount / 2 ? step + codedFrameCount : step;
}

/** Pictures per second that were new, between the first arrival and the last; `undefined` for fewer than two. */
export function newFramesPerSecond(seen: readonly SeenFrame[]): number | undefined {
  const moments = standstills(seen).map(({ fromMs }) => fromMs);
  const spanMs = (moments.at(-1) ?? 0) - (moments[0] ?? 0);
  return spanMs > 0 ? ((moments.length - 1) * 1000) / spanMs : undefined;
}

/**
 * From sending to being seen, for every picture whose sending time is known; each counts once, when first seen.
 * @param sentMs by coded frame number, on the same clock as the arrivals
 */
export function pictureDelaysMs(
  sentMs: ReadonlyMap<number, number>,
  seen: readonly SeenFrame[],
): readonly number[] {
  return standstills(seen).flatMap(({ frame, fromMs }) => {
    const sent = sentMs.get(frame);
    return sent === undefined ? [] : [fromMs - sent];
  });
}

/** From a moment to the first picture at or after it; `undefined` where none came. */
export function firstPictureAfterMs(
  momentMs: number,
  arrivals: readonly { readonly arrivalMs: number }[],
): number | undefined {
  const first = arrivals.find(({ arrivalMs }) => arrivalMs >= momentMs);
  return first && first.arrivalMs - momentMs;
}

/** When the lamp went on: where a picture with a flash follows one without. */
export function flashOnsetsMs(
  seen: readonly { readonly flash: boolean; readonly arrivalMs: number }[],
): readonly number[] {
  return seen.flatMap(({ flash, arrivalMs }, n) =>
    n > 0 && flash && !seen[n - 1]!.flash ? [arrivalMs] : [],
  );
}
