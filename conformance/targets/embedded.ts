import { once } from 'node:events';
import type { DefectName } from '../defects/index.ts';
import { endProcess, spawnModule } from '../processes.ts';
import { configuredStreams } from './emulator-config.ts';
import type { Bars, Target } from './target.ts';

/** What the emulator promises beyond the documentation. */
const emulatorBars: Bars = {
  delayP95Ms: 70,
  gapMs: 40,
  levelDb: 1,
  canvas: { width: 1280, height: 720, fps: 25 },
  pictureDelayP95Ms: 150,
  freezeMs: 120,
  lipSyncMs: 60,
  firstPictureMs: 500,
};

/**
 * Starts an emulator for one run, in a process of its own: its timing is not to be disturbed by the bots or
 * by the analysis.
 * @param defect a deliberate mistake that it is to make
 */
export async function startEmbeddedTarget(defect?: DefectName): Promise<Target> {
  const child = spawnModule(new URL('./emulator-process.ts', import.meta.url));
  child.send({ defect });
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`the emulator ended at once (code ${code})`)),
    ),
  ])) as [{ url: string }];
  return {
    name: defect === undefined ? 'emulator started by the suite' : `emulator with the defect ${defect}`,
    url: message.url,
    credentials: { user: 'user', password: 'pass' },
    insecure: false,
    configured: configuredStreams,
    bars: emulatorBars,
    close: () => endProcess(child),
  };
}
