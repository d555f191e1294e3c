import { startEmulator } from '../../emulator/index.ts';
import { type DefectName, defects } from '../defects/index.ts';
import { emulatorConfig } from './emulator-config.ts';

/** Runs an emulator in a process of its own, and ends with the process that asked for it. */
process.once('message', async ({ defect }: { defect: DefectName | undefined }) => {
  const emulator = await startEmulator({
    config: emulatorConfig,
    parts: defect === undefined ? undefined : defects[defect].parts,
  });
  process.send?.({ url: emulator.httpUrls[0] });
  process.once('disconnect', () => void emulator.close().then(() => process.exit(0)));
});

// Ctrl-C goes to every process of the terminal; this one ends when the suite lets go of it.
process.on('SIGINT', () => {});
