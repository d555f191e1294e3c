import { once } from 'node:events';
import type { SignallingKind } from '../bots/webrtc/session.ts';
import type { DefectName } from '../defects/index.ts';
import { endProcess, sendTo, spawnTimed, whenGone } from '../processes.ts';
import { configuredStreams } from './emulator-config.ts';
import type { EmulatorReply, EmulatorRequest } from './emulator-process.ts';
import type { Bars, Target } from './target.ts';
import { TargetError } from './url.ts';

/** What the emulator promises beyond the documentation. */
const emulatorBars: Bars = {
  delayP95Ms: 70,
  delayGrowthMsPerSecond: 3,
  stallMs: 150,
  gapMs: 40,
  vanishedMs: 13_000,
  levelDb: 1,
  pitchPpm: 200,
  distortionDb: -17,
  canvas: { width: 1280, height: 720, fps: 25 },
  pictureDelayP95Ms: 150,
  freezeMs: 120,
  lipSyncMs: 60,
  firstPictureMs: 500,
  keyframeOnRequestMs: 1000,
};

/** How the emulator is reached. */
export interface EmbeddedTargetOptions {
  /** Over TLS, with a certificate that nobody has signed; default false. */
  readonly https?: boolean;
  /** How bots agree with it on their sessions; default `whip`. */
  readonly signalling?: SignallingKind;
  /** The program that is run in its process; replaced by tests only. */
  readonly module?: URL;
}

/**
 * Starts an emulator for one run, in a process of its own: its timing is not to be disturbed by the bots or
 * by the analysis.
 * @param defect a deliberate mistake that it is to make
 * @throws TargetError where it cannot be started
 */
export async function startEmbeddedTarget(
  defect?: DefectName,
  {
    https = false,
    signalling = 'whip',
    module = new URL('./emulator-process.ts', import.meta.url),
  }: EmbeddedTargetOptions = {},
): Promise<Target> {
  const child = spawnTimed(module);
  // One that has hung up and lives on could never be asked to end.
  child.once('disconnect', () => void endProcess(child));
  const request: EmulatorRequest = { defect, https };
  const reply = await Promise.race<EmulatorReply>([
    once(child, 'message').then(([message]) => message as EmulatorReply),
    whenGone(child).then((why) => ({ error: `its process ended at once (${why})` })),
    sendTo(child, request).then(
      () => new Promise<never>(() => {}),
      (error: Error) => ({ error: error.message }),
    ),
  ]);
  if ('error' in reply) {
    await endProcess(child);
    throw new TargetError(`the emulator cannot be started: ${reply.error}`);
  }
  return {
    name: defect === undefined ? 'emulator started by the suite' : `emulator with the defect ${defect}`,
    aliases: ['emulator'],
    url: reply.url,
    credentials: { user: 'user', password: 'pass' },
    insecure: https,
    signalling,
    reading: 'by-name',
    ...(signalling !== 'whip' && { reproduceWith: ['--signalling', signalling] }),
    configured: configuredStreams,
    bars: emulatorBars,
    close: () => endProcess(child),
  };
}
