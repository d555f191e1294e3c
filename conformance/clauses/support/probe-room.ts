import { collectRecordings, waitForPackets } from '../../bots/collect.ts';
import { bandProbeSignature } from '../../bots/signatures/catalogue.ts';
import { toneClip } from '../../bots/tone-clip.ts';
import type { SuiteRoom } from './suite-room.ts';
import { frameMs, measureTrack, type TrackMeasurement, type WantedOpus } from './track-measurement.ts';

const probeLevelDbfs = -12;
const measuredMs = 2000;

/** Lets one member probe all of Opus' bandwidths, and measures what the room makes of it in `all`. */
export async function probeRoom(room: SuiteRoom, wanted: WantedOpus): Promise<TrackMeasurement> {
  const { clip } = toneClip('probe', bandProbeSignature, probeLevelDbfs);
  await room.join('probe', clip);
  const listener = await room.listen('a1');
  const packets = Math.ceil(measuredMs / frameMs(wanted));
  await waitForPackets([listener], Math.ceil(packets / 2));
  await listener.take();
  await waitForPackets([listener], packets);
  const [recording] = await collectRecordings([listener]);
  return measureTrack(recording!, wanted, { signature: bandProbeSignature, levelDbfs: probeLevelDbfs });
}
