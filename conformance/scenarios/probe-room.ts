import { waitForSound } from '../bots/collect.ts';
import { bandProbeSignature } from '../bots/signatures/catalogue.ts';
import { toneClip } from '../bots/tone-clip.ts';
import type { RunContext } from '../run/context.ts';
import { recordListeners } from './record-listeners.ts';
import type { SuiteRoom } from './suite-room.ts';
import { measureTrack, type TrackMeasurement, type WantedOpus } from './track-measurement.ts';

const probeLevelDbfs = -12;
const measuredSeconds = 2;

/** What a track is, and how late the bots were at the worst: late sound leaves holes, and changes every figure. */
export interface ProbedTrack extends TrackMeasurement {
  readonly latenessMs: number;
}

/** Lets one member probe all of Opus' bandwidths, and measures what the room makes of it in `all`. */
export async function probeRoom(
  context: RunContext,
  room: SuiteRoom,
  wanted: WantedOpus,
): Promise<ProbedTrack> {
  const { clip } = toneClip('probe', bandProbeSignature, probeLevelDbfs);
  await room.join('probe', clip);
  const listener = await room.listenToAll();
  await waitForSound([listener], measuredSeconds / 2);
  const { recordings, latenessMs } = await recordListeners(context, [listener], measuredSeconds);
  const probe = { signature: bandProbeSignature, levelDbfs: probeLevelDbfs };
  return { ...measureTrack(recordings[0]!, wanted, probe), latenessMs };
}
