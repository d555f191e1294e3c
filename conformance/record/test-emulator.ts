import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { goBeforeOthers, realTimePriorities } from '../real-time.ts';
import { mosaic2 } from '../run/testing-command.ts';

const picturesConfig = `
http 127.0.0.1:0;
edit_auth user pass;
stream pictures { input mosaic2:// disable_video=false; }
`;

/**
 * Starts an emulator by the command line, with a profile file or without. As a server on a machine of its own would, it goes
 * before what else is tested here, where that is permitted.
 * @param config missing: one room with a picture, `pictures`
 * @returns its URL with the credentials
 */
export async function emulatorWith(
  folder: string,
  profileFile?: string,
  config = picturesConfig,
): Promise<string> {
  const configFile = join(folder, 'pictures.conf');
  await writeFile(configFile, config);
  const more = profileFile === undefined ? [] : ['--profile', profileFile];
  const { child, output } = mosaic2('emulator', '--config', configFile, '--log-level', 'silent', ...more);
  const url = await vi.waitFor(
    () => {
      const found = /ready: (http:\/\/[\d.:]+)/.exec(output.out)?.[1];
      if (found === undefined) throw new Error(`the emulator is not ready: ${output.err}`);
      return found;
    },
    { timeout: 20_000, interval: 50 },
  );
  await goBeforeOthers(realTimePriorities.emulator, child.pid);
  return url.replace('://', '://user:pass@');
}
