import { startEmulator } from '../../emulator/index.ts';
import { type Defect, type DefectName, defects } from '../defects/index.ts';
import { goBeforeOthers, realTimePriorities } from '../real-time.ts';
import { emulatorConfig } from './emulator-config.ts';

/** What the suite's process asks for. */
export interface EmulatorRequest {
  readonly defect: DefectName | undefined;
  /** Over TLS instead, with a certificate that nobody has signed. */
  readonly https: boolean;
}

/** Where the emulator is, or why it could not be started. */
export type EmulatorReply = { readonly url: string } | { readonly error: string };

/** Runs an emulator in a process of its own, and ends with the process that asked for it. */
process.once('message', async ({ defect, https }: EmulatorRequest) => {
  try {
    // First of all: its threads have the priority of the one that starts them.
    await goBeforeOthers(realTimePriorities.emulator);
    const broken: Defect | undefined = defect && defects[defect];
    const emulator = await startEmulator({
      config: emulatorConfig,
      parts: broken?.parts,
      profile: broken?.profile,
      ...(https ? { http: [], https: [{ address: '127.0.0.1', port: 0 }] } : {}),
    });
    process.off('disconnect', endAtOnce);
    process.once('disconnect', () => void emulator.close().then(endAtOnce, endAtOnce));
    answer({ url: (https ? emulator.httpsUrls : emulator.httpUrls)[0]! });
    // It may have been let go of while it started.
    if (!process.connected) process.emit('disconnect');
  } catch (error) {
    answer({ error: error instanceof Error ? error.message : String(error) });
  }
});

process.once('disconnect', endAtOnce);

// Ctrl-C, and a signal to the whole group, reach this process too; it ends when the suite lets go of it.
process.on('SIGINT', () => {}).on('SIGTERM', () => {});

function answer(reply: EmulatorReply): void {
  // Nobody is there to hear it any more: `disconnect` ends this process.
  process.send?.(reply, undefined, undefined, () => {});
}

function endAtOnce(): void {
  process.exit(0);
}
