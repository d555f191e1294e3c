import { nowNs } from './process/pacer.ts';

/** The monotonic clock of all processes, in ms: the one by which bots tell when something was sent or came. */
export function nowMs(): number {
  return Number(nowNs()) / 1e6;
}
