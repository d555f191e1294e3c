import { startEmulator } from '../../../emulator/index.ts';

/** `start` answers `{ url }`, `cpu` answers a {@link CpuReading}. */
export type EmulatorRequest = { readonly type: 'start'; readonly room: string } | { readonly type: 'cpu' };

/** What the emulator's process has used up, and when that was. */
export interface CpuReading {
  /** User and system time of all threads. */
  readonly cpuMicros: number;
  /** On the machine's monotonic clock. */
  readonly atNs: bigint;
}

async function start(room: string): Promise<void> {
  const emulator = await startEmulator({
    config: `http 127.0.0.1:0; edit_auth user pass; template any { prefix ""; input publish://; }
      stream ${room} { input mosaic2://; }`,
    webRtc: { announcedAddresses: ['127.0.0.1'] },
  });
  process.once('disconnect', () => void emulator.close().then(() => process.exit(0)));
  process.send?.({ url: emulator.httpUrls[0] });
}

function answerCpu(): void {
  const { user, system } = process.cpuUsage();
  const reading: CpuReading = { cpuMicros: user + system, atNs: process.hrtime.bigint() };
  process.send?.(reading);
}

process.on('message', (request: EmulatorRequest) => {
  if (request.type === 'cpu') answerCpu();
  else void start(request.room);
});
