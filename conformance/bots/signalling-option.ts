import { Option } from 'commander';
import type { SignallingWish } from './process/messages.ts';

const choices = ['whip', 'websocket', 'auto'] as const satisfies SignallingWish[];

/** `--signalling`, the same for every command that has bots. */
export function signallingOption(): Option {
  return new Option(
    '--signalling <kind>',
    'how bots connect: WHIP and WHEP, WebSocket as in Flussonic 20 to 22, or what the target has',
  )
    .choices(choices)
    .default('auto' satisfies SignallingWish);
}
