import { startEmulator } from '../../emulator/index.ts';

/** Runs an emulator with a configuration in a process of its own, and ends with the process that asked for it. */
process.once('message', async ({ config }: { config: string }) => {
  const emulator = await startEmulator({ config });
  process.once('disconnect', () => void emulator.close().then(() => process.exit(0)));
  process.send?.({ http: emulator.httpUrls[0], https: emulator.httpsUrls[0] });
});

// A signal to the whole group reaches this process too; it ends when the test lets go of it.
process.on('SIGINT', () => {}).on('SIGTERM', () => {});
