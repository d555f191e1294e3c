import type { Contender, ContenderId } from '../contender.ts';
import { installedJanus } from '../janus/janus-process.ts';
import { bareLoop } from './bare-loop.ts';
import { inProcess } from './in-process.ts';
import { janusAudioBridge } from './janus.ts';
import { webRtc } from './webrtc.ts';

/** Those that can be measured here, and a sentence about each that cannot. */
export interface Field {
  readonly contenders: readonly Contender[];
  readonly missing: readonly string[];
}

/** Looks up what is installed. @param only undefined: all */
export function field(only: readonly ContenderId[] | undefined): Field {
  const contenders: Contender[] = [inProcess, webRtc];
  const missing: string[] = [];
  const isWanted = (id: ContenderId) => only === undefined || only.includes(id);
  if (isWanted('janus')) {
    const version = process.platform === 'linux' ? installedJanus() : undefined;
    if (version !== undefined) contenders.push(janusAudioBridge(version));
    else missing.push('Janus AudioBridge is not installed, so not measured (Debian: apt-get install janus)');
  }
  contenders.push(bareLoop);
  return { contenders: contenders.filter(({ id }) => isWanted(id)), missing };
}
