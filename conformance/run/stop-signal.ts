import { type CrashingProcess, whenCrashed } from './crash.ts';

/** What `stopSignal` needs of a process. */
export interface StoppableProcess extends CrashingProcess {
  on(event: 'uncaughtException', listener: (error: unknown) => void): unknown;
  on(signal: NodeJS.Signals, listener: () => void): unknown;
}

/** `npm run` passes on the Ctrl-C that the terminal sends to both of them: one press, two signals. */
const samePressMs = 300;

/**
 * Aborts at the first Ctrl-C or SIGTERM, so that a run ends in order; the second one ends the process at
 * once, with the code a shell gives a process that was ended by this signal. An error that nobody catches aborts as well.
 */
export function stopSignal(stopped: StoppableProcess = process): AbortSignal {
  const controller = new AbortController();
  let firstMs = 0;
  for (const [signal, number] of [['SIGINT', 2] as const, ['SIGTERM', 15] as const]) {
    stopped.on(signal, () => {
      if (!controller.signal.aborted) {
        firstMs = performance.now();
        controller.abort();
      } else if (performance.now() - firstMs > samePressMs) {
        // Whoever presses twice may not know what the first press was waiting for.
        console.error('ended at once: what was being removed from the server may be there still');
        stopped.exit(128 + number);
      }
    });
  }
  whenCrashed(() => controller.abort(), stopped);
  return controller.signal;
}
